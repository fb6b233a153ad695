// SPDX-License-Identifier: Apache-2.0

import CLibYAML

// The only unsafe code of the package: libyaml's parser, wrapped so that none of its pointers gets out.

/// Lends `body` a reader of the YAML that `piece` writes.
///
/// The reader lives only as long as the call, because libyaml keeps a pointer into the bytes.
package func withEventReader<Result, Failure: Error>(
  _ piece: SourcePiece, _ body: (inout EventReader) throws(Failure) -> Result
) throws(Failure) -> Result {
  // An empty array may have no address, which libyaml does not take; a line break means the same to it.
  let isEmpty = piece.range.isEmpty
  let bytes = isEmpty ? [UInt8(ascii: "\n")] : piece.source.bytes
  let range = isEmpty ? bytes.indices : piece.range
  return try unsafe bytes.withUnsafeBufferPointer { buffer throws(Failure) -> Result in
    guard let address = unsafe UnsafeBufferPointer(rebasing: buffer[range]).baseAddress else {
      fatalError("an array that is not empty has an address")
    }
    var reader = unsafe EventReader(reading: address, count: range.count, linesBefore: piece.firstLine - 1)
    return try body(&reader)
  }
}

/// Lends `body` a reader of the YAML that `bytes` write.
package func withEventReader<Result, Failure: Error>(
  _ bytes: [UInt8], _ body: (inout EventReader) throws(Failure) -> Result
) throws(Failure) -> Result {
  try withEventReader(SourcePiece(SourceFile(path: "", bytes: bytes)), body)
}

/// Reads YAML event by event.
///
/// The bytes must be UTF-8 or refused before: of UTF-16, libyaml would make sense in its own way.
@safe
package struct EventReader: ~Copyable {
  // Allocated, as libyaml keeps the parser's own address inside the parser.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var depth = 0
  private let linesBefore: Int

  fileprivate init(reading address: UnsafePointer<UInt8>, count: Int, linesBefore: Int) {
    self.linesBefore = linesBefore
    unsafe parser = .allocate(capacity: 1)
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      fatalError("there is no memory for a YAML parser")
    }
    unsafe yaml_parser_set_input_string(parser, address, count)
  }

  deinit {
    unsafe yaml_event_delete(event)
    unsafe yaml_parser_delete(parser)
    unsafe event.deallocate()
    unsafe parser.deallocate()
  }

  /// The next event; after the last one, `streamEnd` again and again.
  package mutating func next() throws(SyntaxError) -> Event {
    while true {
      unsafe yaml_event_delete(event)
      guard unsafe yaml_parser_parse(parser, event) == 1 else { throw failure() }
      let range = unsafe SourceRange(mark(event.pointee.start_mark), mark(event.pointee.end_mark))
      switch unsafe event.pointee.type {
      case YAML_STREAM_START_EVENT: continue
      case YAML_SCALAR_EVENT: return scalar(at: range)
      case YAML_MAPPING_START_EVENT:
        try descend(at: range.start)
        let start = unsafe event.pointee.data.mapping_start
        let properties = unsafe Event.Properties(anchor: start.anchor, tag: start.tag)
        return Event(kind: .mappingStart, properties: properties, range: range)
      case YAML_SEQUENCE_START_EVENT:
        try descend(at: range.start)
        let start = unsafe event.pointee.data.sequence_start
        let properties = unsafe Event.Properties(anchor: start.anchor, tag: start.tag)
        return Event(kind: .sequenceStart, properties: properties, range: range)
      case YAML_MAPPING_END_EVENT:
        depth -= 1
        return Event(kind: .mappingEnd, properties: .none, range: range)
      case YAML_SEQUENCE_END_EVENT:
        depth -= 1
        return Event(kind: .sequenceEnd, properties: .none, range: range)
      default: return Event(kind: rareKind(), properties: .none, range: range)
      }
    }
  }

  private mutating func descend(at mark: Mark) throws(SyntaxError) {
    depth += 1
    guard depth <= SyntaxError.depthLimit else { throw .tooDeep(at: mark) }
  }

  /// The scalar in hand.
  private func scalar(at range: SourceRange) -> Event {
    let scalar = unsafe event.pointee.data.scalar
    let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    return Event(
      kind: .scalar(
        text: unsafe String(decoding: bytes, as: UTF8.self), style: unsafe Scalar.Style(scalar.style)),
      properties: unsafe Event.Properties(anchor: scalar.anchor, tag: scalar.tag), range: range)
  }

  /// The event in hand, when it is none of those that make up a tree.
  private func rareKind() -> Event.Kind {
    switch unsafe event.pointee.type {
    case YAML_ALIAS_EVENT: return .alias(name: unsafe text(event.pointee.data.alias.anchor) ?? "")
    case YAML_DOCUMENT_START_EVENT:
      let version = unsafe event.pointee.data.document_start.version_directive
      return unsafe .documentStart(version: version.map { unsafe "\($0.pointee.major).\($0.pointee.minor)" })
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    default: return .streamEnd
    }
  }

  /// The same place in the file: libyaml counts from 0, and only what it has been given.
  private func mark(_ mark: yaml_mark_t) -> Mark {
    Mark(line: linesBefore + Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }

  private func failure() -> SyntaxError {
    let state = unsafe parser.pointee
    let problem = unsafe state.problem.map { unsafe String(cString: $0) } ?? "unknown"
    switch unsafe state.error {
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      let context = unsafe state.context.map { unsafe String(cString: $0) }
      return unsafe SyntaxError(
        problem: problem, at: mark(state.problem_mark), context: context, at: mark(state.context_mark))
    case YAML_READER_ERROR:
      // Such an error has an offset but no mark: the caller looks at the bytes themselves.
      return SyntaxError(rule: "not-utf8", "the file is not valid UTF-8", at: nil)
    default:
      fatalError("there is no memory to read YAML")
    }
  }
}

/// The text that ends with a zero byte at `pointer`.
private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
  guard let pointer = unsafe pointer else { return nil }
  return unsafe String(cString: pointer)
}

extension Event.Properties {
  fileprivate init(anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?) {
    if unsafe anchor == nil, unsafe tag == nil {
      self = .none
    } else {
      self = .some(anchor: unsafe text(anchor), tag: unsafe text(tag))
    }
  }
}

extension Scalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
