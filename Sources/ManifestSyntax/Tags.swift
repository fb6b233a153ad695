// SPDX-License-Identifier: Apache-2.0

/// What a tag stands in front of.
enum TaggedShape {
  case scalar(String)
  case sequence
  case mapping
}

/// What a tag says about the node behind it.
enum TagMeaning {
  /// One of ours, which the manifest's reader understands.
  case local(LocalTag)
  /// One of YAML's own: a scalar of that type, or, without type, the list or mapping that it is anyway.
  case core(Scalar.CoreType?)
  /// No tag that we know, or not on such a node.
  case mistake(rule: String, message: String, hint: String?)

  private static let corePrefix = "tag:yaml.org,2002:"
  private static let scalarTypes: [String: Scalar.CoreType] = [
    "str": .string, "int": .integer, "float": .decimal, "bool": .bool, "null": .null,
  ]

  /// The meaning of `tag`, handles already replaced, on a node of the given shape.
  init(_ tag: String, on shape: TaggedShape) {
    if let local = LocalTag(rawValue: tag) {
      self = .local(local)
    } else if tag == "!" {
      // The mark that forbids guessing: what is no list and no mapping is text.
      if case .scalar = shape { self = .core(.string) } else { self = .core(nil) }
    } else if tag.hasPrefix(Self.corePrefix) {
      self = Self.core(String(tag.dropFirst(Self.corePrefix.count)), on: shape)
    } else {
      let nearest = LocalTag(rawValue: tag.lowercased())
      self = .mistake(
        rule: "unknown-tag", message: "the tag \(quoted(tag)) is not known",
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "the tags are !file and !var; text that begins with '!' must be in quotes")
    }
  }

  private static func core(_ name: String, on shape: TaggedShape) -> TagMeaning {
    switch (name, shape) {
    case ("map", .mapping), ("seq", .sequence): return .core(nil)
    case ("map", _), ("seq", _): return misfit(name, on: shape)
    default: break
    }
    guard let type = scalarTypes[name] else {
      return .mistake(
        rule: "unknown-tag", message: "the tag \(quoted("!!" + name)) is not known",
        hint: "of YAML's own tags there are !!str, !!int, !!float, !!bool, !!null, !!map and !!seq")
    }
    guard case .scalar(let text) = shape else { return misfit(name, on: shape) }
    if Scalar(text, style: .plain, forcedType: type).resolved != nil { return .core(type) }
    return .mistake(
      rule: "wrong-tag", message: "\(quoted(text)) is not what the tag !!\(name) says it is", hint: nil)
  }

  private static func misfit(_ name: String, on shape: TaggedShape) -> TagMeaning {
    let thing =
      switch shape {
      case .scalar: "text"
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    return .mistake(rule: "wrong-tag", message: "the tag !!\(name) does not fit \(thing)", hint: nil)
  }
}

/// `text` in single quotes, shortened when it is long.
func quoted(_ text: String) -> String { "'\(clipped(text))'" }

/// `text`, or its beginning when it is long.
func clipped(_ text: String) -> String {
  let limit = 60
  let beginning = text.prefix(limit + 1)
  return beginning.count > limit ? beginning.dropLast() + "…" : text
}
