// SPDX-License-Identifier: Apache-2.0

// What the grammar allows and manifests don't: each rule with its words.

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

  mutating func report(duplicate key: Key, after first: SourceRange) throws(SyntaxError) {
    try report(
      Diagnostic(
        .error, rule: "duplicate-key", "the key \(quoted(key.text)) stands twice in one mapping",
        at: Location(file: file, range: key.range),
        related: [.init("it stands here first", at: Location(file: file, range: first))],
        hint: key.isMerge
          ? "merge several mappings with a list, as in '<<: [*first, *second]'" : "keep one of the two"))
  }

  mutating func checkVersion(_ version: String?, at range: SourceRange) {
    guard version == "1.1" else { return }
    diagnostics.append(
      Diagnostic(
        .warning, rule: "yaml-version", "the document asks for YAML 1.1 and is read as YAML 1.2",
        at: Location(file: file, at: range.start),
        hint: "remove the %YAML line; 'yes', 'no', 'on' and 'off' are text"))
  }

  mutating func resolveTag(
    _ tag: String?, on shape: TaggedShape, at event: Event
  ) throws(SyntaxError) -> (tag: LocalTag?, type: Scalar.CoreType?) {
    guard let tag else { return (nil, nil) }
    switch TagMeaning(tag, on: shape) {
    case .local(let tag): return (tag, nil)
    case .core(let type): return (nil, type)
    case .mistake(let rule, let message, let hint):
      // What the tag was to stand for is not there.
      isIntact = false
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

  mutating func resolveAlias(_ name: String, at range: SourceRange) throws(SyntaxError) -> Node? {
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
        at: range.start, hint: "write out what is meant, or use fewer aliases of aliases")
    }
    return node
  }

  /// The entries of the mappings that stand after `<<:`.
  mutating func mergeSources(
    _ value: Node, at range: SourceRange
  ) throws(SyntaxError) -> [[Node.Entry]] {
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
  static func complexKey(_ node: Node, at location: Location) -> Diagnostic {
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
