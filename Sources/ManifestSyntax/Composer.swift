// SPDX-License-Identifier: Apache-2.0

/// Builds trees of nodes from events, one document after the other, and notes what is wrong with them.
struct Composer {
  /// How many nodes a document may have, aliases counted as what they stand for.
  static let nodeLimit = 1_000_000
  /// After so many problems the rest of a file is not worth reading.
  static let problemLimit = 100

  /// What `&name` marked; without a node while the text is still inside it.
  struct Anchor {
    let node: Node?
    let size: Int
  }

  let file: String
  var diagnostics: [Diagnostic] = []
  var problemCount = 0
  var anchors: [String: Anchor] = [:]
  /// The nodes of the document so far, aliases counted as what they stand for.
  var size = 0
  var isIntact = true
  /// Where the latest node with text of its own ended: a block's end event comes only at whatever follows it.
  private var lastEnd = Mark.start

  init(file: String) {
    self.file = file
  }

  /// The next document; nil when there is none.
  mutating func composeDocument(from reader: inout EventReader) throws(SyntaxError) -> Document? {
    let start = try reader.next()
    guard case .documentStart(let version) = start.kind else { return nil }
    anchors.removeAll(keepingCapacity: true)
    size = 0
    isIntact = true
    checkVersion(version, at: start.range)
    let first = try reader.next()
    let root = try composeNode(first, from: &reader)
    _ = try reader.next()
    let nothing = Node(
      .scalar(Scalar("", style: .plain)), range: SourceRange(first.range.start, first.range.start))
    return Document(root: root ?? nothing, isIntact: isIntact)
  }

  /// What was noted since the last call.
  mutating func takeDiagnostics() -> [Diagnostic] {
    defer { diagnostics.removeAll() }
    return diagnostics
  }

  /// The node that begins with `event`; nil when it can't be understood, which is noted then.
  private mutating func composeNode(
    _ event: Event, from reader: inout EventReader
  ) throws(SyntaxError) -> Node? {
    switch event.kind {
    case .scalar(let text, let style):
      lastEnd = event.range.end
      try count(at: event.range.start)
      guard case .some(let anchor, let tag) = event.properties else {
        return Node(.scalar(Scalar(text, style: style)), range: event.range)
      }
      let (localTag, type) = try resolveTag(tag, on: .scalar(text), at: event)
      let scalar = Scalar(text, style: style, forcedType: type)
      let node = Node(.scalar(scalar), tag: localTag, range: event.range)
      if let anchor { anchors[anchor] = Anchor(node: node, size: 1) }
      return node
    case .sequenceStart:
      return try composeCollection(event, .sequence, from: &reader) { composer, reader throws(SyntaxError) in
        .sequence(try composer.composeElements(from: &reader))
      }
    case .mappingStart:
      return try composeCollection(event, .mapping, from: &reader) { composer, reader throws(SyntaxError) in
        .mapping(try composer.composeEntries(from: &reader))
      }
    case .alias(let name):
      lastEnd = event.range.end
      return try resolveAlias(name, at: event.range)
    case .documentStart, .documentEnd, .sequenceEnd, .mappingEnd, .streamEnd:
      fatalError("the parser gives a node where the grammar has one")
    }
  }

  private mutating func composeCollection(
    _ event: Event, _ shape: TaggedShape, from reader: inout EventReader,
    content: (inout Composer, inout EventReader) throws(SyntaxError) -> Node.Content
  ) throws(SyntaxError) -> Node {
    let sizeBefore = size
    try count(at: event.range.start)
    lastEnd = event.range.end
    guard case .some(let anchor, let tag) = event.properties else {
      let content = try content(&self, &reader)
      return Node(content, range: SourceRange(event.range.start, lastEnd))
    }
    let (localTag, _) = try resolveTag(tag, on: shape, at: event)
    if let anchor { anchors[anchor] = Anchor(node: nil, size: 0) }
    let content = try content(&self, &reader)
    let node = Node(content, tag: localTag, range: SourceRange(event.range.start, lastEnd))
    if let anchor { anchors[anchor] = Anchor(node: node, size: size - sizeBefore) }
    return node
  }

  private mutating func composeElements(from reader: inout EventReader) throws(SyntaxError) -> [Node] {
    var elements: [Node] = []
    while true {
      let event = try reader.next()
      if case .sequenceEnd = event.kind {
        noteEnd(of: event)
        return elements
      }
      if let element = try composeNode(event, from: &reader) { elements.append(element) }
    }
  }

  private mutating func composeEntries(from reader: inout EventReader) throws(SyntaxError) -> [Node.Entry] {
    var builder = MappingBuilder()
    while true {
      let event = try reader.next()
      if case .mappingEnd = event.kind {
        noteEnd(of: event)
        return builder.finish()
      }
      let key = try composeKey(event, from: &reader)
      let valueEvent = try reader.next().placed(after: event.range.end)
      let value = try composeNode(valueEvent, from: &reader)
      guard let key, let value else { continue }
      if let first = builder.firstRange(of: key) {
        try report(duplicate: key, after: first)
      } else if key.isMerge {
        let sources = try mergeSources(value, at: valueEvent.range)
        builder.merge(sources, at: key)
      } else {
        builder.append(key, value)
      }
    }
  }

  /// The key that begins with `event`; nil when it is not one, which is noted then.
  private mutating func composeKey(
    _ event: Event, from reader: inout EventReader
  ) throws(SyntaxError) -> Key? {
    if case .scalar(let text, let style) = event.kind, case .none = event.properties {
      try count(at: event.range.start)
      return Key(text: text, range: event.range, isMerge: style == .plain && text == "<<")
    }
    guard let node = try composeNode(event, from: &reader) else { return nil }
    guard let scalar = node.scalar, node.tag == nil else {
      isIntact = false
      try report(.complexKey(node, at: Location(file: file, range: event.range)))
      return nil
    }
    return Key(
      text: scalar.text, range: event.range,
      isMerge: scalar.text == "<<" && scalar.style == .plain && scalar.forcedType == nil)
  }

  /// Flow collections end with a bracket; blocks end where their last child did.
  private mutating func noteEnd(of event: Event) {
    if event.range.start != event.range.end { lastEnd = event.range.end }
  }

  private mutating func count(at mark: Mark) throws(SyntaxError) {
    size += 1
    guard size <= Self.nodeLimit else {
      throw .tooLarge(
        "the document has more than \(Self.nodeLimit) values", at: mark,
        hint: "split it into several documents with lines '---'")
    }
  }
}
