// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Where a content's text stands, so that a place in the text can be shown in the file that holds it.
struct ContentOrigin: Sendable {
  private enum Text {
    /// The value of one field, in the manifest or in a file.
    case scalar(Node)
    /// Tasks and parameters, from which the text is made.
    case tasks(parameters: Node?, tasks: Node?)
    /// Steps, each of which is made a line.
    case steps(DecodedSteps)
  }

  private let text: Text
  private let place: Location
  private let expansion: Expansion

  /// The origin of the text of `node`, the value of a field that stands at `place`.
  init(_ node: Node, of place: Location, in expansion: Expansion) {
    (text, self.place, self.expansion) = (.scalar(node), place, expansion)
  }

  /// The origin of the text made of `spec.tasks` and `spec.parameters`, which stand at `place`.
  init(tasksOf spec: Node, of place: Location, in expansion: Expansion) {
    text = .tasks(parameters: spec["parameters"], tasks: spec["tasks"])
    (self.place, self.expansion) = (place, expansion)
  }

  /// The origin of the text made of `steps`, which stand at `place`.
  init(_ steps: DecodedSteps, of place: Location, in expansion: Expansion) {
    (text, self.place, self.expansion) = (.steps(steps), place, expansion)
  }

  /// A place of a content, in a file.
  struct Place {
    let location: Location
    /// The scalar that the file holds and nothing else, where it is one of a content and not a manifest.
    var file: Node?
    /// Whether what stands there is known not to come from a sensitive variable.
    var isPlain = false
  }

  /// Where the stretch `bytes` of the content stands.
  func place(of bytes: Range<Int>, in content: String) -> Place {
    switch text {
    case .scalar(let node): return place(of: bytes, in: node) ?? Place(location: place)
    case .tasks(let parameters, let tasks):
      guard case .yaml(let yaml) = ContentText(content).body else { return Place(location: place) }
      return yaml.part(at: bytes.lowerBound, parameters: parameters, tasks: tasks)
        .flatMap { place(of: bytes, in: content, inside: $0.range, madeOf: $0.node) }
        ?? Place(location: place)
    case .steps(let steps):
      var start = 0
      for (line, step) in zip(steps.lines, steps.nodes) {
        let range = start..<start + line.utf8.count
        if bytes.lowerBound <= range.upperBound {
          return place(of: bytes, in: content, inside: range, madeOf: step)
            ?? Place(location: Location(file: expansion.source.path, range: step.range))
        }
        start = range.upperBound + 1
      }
      return Place(location: place)
    }
  }

  /// The comment in the file that silences `rule` at `place`.
  func silence(of rule: String, at place: Place) -> Silence? {
    let line = Int(place.location.range.start.line)
    if let text = place.file?.scalar?.text {
      return Silences(Array(text.utf8)).silence(of: rule, onLine: line)
    }
    return expansion.index.silences.silence(of: rule, onLine: line)
  }

  /// The files that the content was taken from, with their texts.
  var files: [(path: String, text: String)] {
    guard !expansion.files.isEmpty else { return [] }
    let nodes: [Node] =
      switch text {
      case .scalar(let node): [node]
      case .tasks(let parameters, let tasks): [parameters, tasks].compactMap(\.self)
      case .steps(let steps): steps.nodes
      }
    return nodes.flatMap(\.scalars).compactMap { node in
      expansion.files[node.range].map { (path: $0, text: node.scalar?.text ?? "") }
    }
  }

  /// The place of the stretch `bytes` of the text of `node`.
  private func place(of bytes: Range<Int>, in node: Node) -> Place? {
    guard let text = node.scalar?.text else { return nil }
    if let path = expansion.files[node.range] {
      let range = SourceRange(
        text.mark(atUTF8Offset: bytes.lowerBound), text.mark(atUTF8Offset: bytes.upperBound))
      return Place(location: Location(file: path, range: range), file: node, isPlain: true)
    }
    let file = expansion.source.path
    let isPlain = !expansion.sensitive.contains(node.range)
    guard !expansion.variableUses.contains(node.range), !node.range.isBeyond,
      let map = ScalarSourceMap(node, in: expansion.index.lines)
    else { return Place(location: Location(file: file, range: node.range), isPlain: isPlain) }
    return Place(location: Location(file: file, range: map.range(ofUTF8: bytes)), isPlain: isPlain)
  }

  /// The place of the stretch `bytes` of `content`, whose part `range` was made of `node`.
  ///
  /// A text that was written as YAML is followed byte by byte. What else is made of a text keeps its words: they are
  /// looked for in it, and of several equal ones the same is taken.
  private func place(
    of bytes: Range<Int>, in content: String, inside range: Range<Int>, madeOf node: Node
  ) -> Place? {
    let whole = Array(content.utf8)
    if let text = node.scalar?.text, case .tasks = self.text {
      let alignment = ScriptAlignment(of: Array(text.utf8), at: range, in: whole)
      if let start = alignment.offset(ofText: bytes.lowerBound),
        let last = alignment.offset(ofText: max(bytes.upperBound - 1, bytes.lowerBound))
      {
        return place(of: start..<max(start, last) + 1, in: node)
      }
    }
    let written = Array(whole[bytes.clamped(to: range)])
    // A value was written with escapes, and lines that belong together were joined anew.
    let candidates =
      written.contains(UInt8(ascii: "\\")) ? [written, written.unescaped, written.firstLine] : [written]
    for words in candidates {
      let before = whole[range.lowerBound..<max(bytes.lowerBound, range.lowerBound)].count(of: words)
      for scalar in node.scalars {
        let places = Array((scalar.scalar?.text ?? "").utf8).places(of: words)
        guard let start = before < places.count ? places[before] : places.last else { continue }
        return place(of: start..<start + words.count, in: scalar)
      }
    }
    return node.scalar.flatMap { place(of: 0..<$0.text.utf8.count, in: node) }
  }
}

extension YAMLContent {
  /// What the byte at `offset` belongs to, and the node that it was made of.
  fileprivate func part(at offset: Int, parameters: Node?, tasks: Node?) -> (range: Range<Int>, node: Node)? {
    for parameter in self.parameters {
      let node = parameters?.entry(parameter.name.text)
      if parameter.name.range.contains(offset) { return node.map { (parameter.name.range, $0.keyNode) } }
      if let value = parameter.defaultValue, value.range.contains(offset) {
        return node?.value["defaultValue"].map { (value.range, $0) }
      }
    }
    guard case .sequence(let nodes)? = tasks?.content else { return nil }
    for (task, node) in zip(self.tasks, nodes) where task.range.contains(offset) {
      for (part, key) in [(task.name, "name"), (task.action, "action")] {
        if let part, part.range.contains(offset) { return node[key].map { (part.range, $0) } }
      }
      for property in task.properties {
        let entry = node["properties"]?.entry(property.name.text)
        if property.name.range.contains(offset) { return entry.map { (property.name.range, $0.keyNode) } }
        if property.range.contains(offset) { return entry.map { (property.range, $0.value) } }
      }
      return (task.range, node)
    }
    return nil
  }
}

extension Node {
  /// The scalars in the node, in the order of the text.
  fileprivate var scalars: [Node] {
    switch content {
    case .scalar: [self]
    case .sequence(let elements): elements.flatMap(\.scalars)
    case .mapping(let entries): entries.flatMap(\.value.scalars)
    }
  }

  fileprivate func entry(_ key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }
}

extension Node.Entry {
  /// The key as a node of its own.
  fileprivate var keyNode: Node { Node(.scalar(Scalar(key, style: .plain)), range: keyRange) }
}

extension [UInt8] {
  /// The bytes that are meant where a quoted YAML scalar has these.
  fileprivate var unescaped: [UInt8] {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in self {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        bytes.append(isEscaped && byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      }
    }
    return bytes
  }

  /// The bytes up to the first line end, without what joins the lines.
  fileprivate var firstLine: [UInt8] {
    let line = prefix { $0 != UInt8(ascii: "\n") }
    return Array(line.reversed().drop { " \t\\".utf8.contains($0) }.reversed())
  }

  /// Where `words` stand in the bytes.
  fileprivate func places(of words: [UInt8]) -> [Int] {
    guard let first = words.first, count >= words.count else { return [] }
    return (0...count - words.count).filter {
      self[$0] == first && self[$0..<$0 + words.count].elementsEqual(words)
    }
  }
}

extension ArraySlice<UInt8> {
  /// How often `words` stand in the bytes.
  fileprivate func count(of words: [UInt8]) -> Int { Array(self).places(of: words).count }
}

extension String {
  /// The place of the character at an offset in UTF-8; a byte order mark takes none.
  fileprivate func mark(atUTF8Offset offset: Int) -> Mark {
    let before = utf8.prefix(offset)
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { utf8.index(after: $0) } ?? startIndex
    let scalars = String(before[start...])?.unicodeScalars
    let column = (scalars?.count ?? 0) - (line == 1 && scalars?.first == "\u{FEFF}" ? 1 : 0)
    return Mark(line: line, column: column + 1)
  }
}
