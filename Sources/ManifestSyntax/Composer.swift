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

  private let file: String
  private var diagnostics: [Diagnostic] = []
  private var problemCount = 0
  private var anchors: [String: Anchor] = [:]
  /// The nodes of the document so far, aliases counted as what they stand for.
  private var size = 0
  private var isIntact = true
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
        return builder.finished()
      }
      let key = try composeKey(event, from: &reader)
      let valueEvent = try reader.next()
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

extension Composer {
  /// Notes `diagnostic`.
  mutating func report(_ diagnostic: Diagnostic) throws(SyntaxError) {
    diagnostics.append(diagnostic)
    problemCount += 1
    guard problemCount < Self.problemLimit else {
      throw SyntaxError(
        rule: "too-many-problems",
        "the file has at least \(Self.problemLimit) problems; the rest was not read",
        at: diagnostic.location?.range.start ?? .start)
    }
  }

  private mutating func report(duplicate key: Key, after first: SourceRange) throws(SyntaxError) {
    try report(
      Diagnostic(
        .error, rule: "duplicate-key", "the key \(quoted(key.text)) stands twice in one mapping",
        at: Location(file: file, range: key.range),
        related: [.init("it stands here first", at: Location(file: file, range: first))],
        hint: key.isMerge ? "merge several mappings with a list, as in '<<: [*first, *second]'" : nil))
  }

  private mutating func checkVersion(_ version: String?, at range: SourceRange) {
    guard version == "1.1" else { return }
    diagnostics.append(
      Diagnostic(
        .warning, rule: "yaml-version", "the document asks for YAML 1.1 and is read as YAML 1.2",
        at: Location(file: file, at: range.start),
        hint: "remove the %YAML line; 'yes', 'no', 'on' and 'off' are text"))
  }

  private mutating func resolveTag(
    _ tag: String?, on shape: TaggedShape, at event: Event
  ) throws(SyntaxError) -> (tag: String?, type: Scalar.CoreType?) {
    guard let tag else { return (nil, nil) }
    switch TagMeaning(tag, on: shape) {
    case .local: return (tag, nil)
    case .core(let type): return (nil, type)
    case .mistake(let rule, let message, let hint):
      let start = event.range.start
      // An anchor may stand before the tag; then the place is not known more exactly.
      var end = start
      if case .some(nil, _) = event.properties, tag.hasPrefix("!") {
        end = Mark(line: Int(start.line), column: Int(start.column) + tag.unicodeScalars.count)
      }
      try report(
        Diagnostic(
          .error, rule: rule, message, at: Location(file: file, range: SourceRange(start, end)),
          hint: hint))
      return (nil, nil)
    }
  }

  private mutating func resolveAlias(_ name: String, at range: SourceRange) throws(SyntaxError) -> Node? {
    guard let anchor = anchors[name] else {
      isIntact = false
      try report(
        Diagnostic(
          .error, rule: "undefined-alias", "no '&\(clipped(name))' stands before this alias",
          at: Location(file: file, range: range), hint: "text that begins with '*' must be in quotes"))
      return nil
    }
    guard let node = anchor.node else {
      isIntact = false
      try report(
        Diagnostic(
          .error, rule: "recursive-alias", "the alias stands inside of what it stands for",
          at: Location(file: file, range: range)))
      return nil
    }
    size += anchor.size
    guard size <= Self.nodeLimit else {
      throw SyntaxError(
        rule: "alias-bomb", "the aliases up to here stand for more than \(Self.nodeLimit) values",
        at: range.start,
        hint: "write out what is meant, or use fewer aliases of aliases")
    }
    return node
  }

  /// The entries of the mappings that stand after `<<:`.
  private mutating func mergeSources(_ value: Node, at range: SourceRange) throws(SyntaxError) -> [[Node
    .Entry]]
  {
    let candidates = if case .sequence(let elements) = value.content { elements } else { [value] }
    var sources: [[Node.Entry]] = []
    for candidate in candidates {
      if case .mapping(let entries) = candidate.content {
        sources.append(entries)
      } else {
        isIntact = false
        try report(
          Diagnostic(
            .error, rule: "merge-key", "'<<' needs a mapping, or a list of mappings",
            at: Location(file: file, range: range), hint: "to use '<<' as a plain key, put it in quotes"))
        break
      }
    }
    return sources
  }
}

extension Diagnostic {
  fileprivate static func complexKey(_ node: Node, at location: Location) -> Diagnostic {
    let what =
      switch node.content {
      case .scalar: node.tag.map { "a \($0)" } ?? "this"
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    return Diagnostic(
      .error, rule: "complex-key", "a key must be text, not \(what)", at: location,
      hint: node.scalar == nil ? "a value that begins with '{' or '[' must be in quotes to be text" : nil)
  }
}
