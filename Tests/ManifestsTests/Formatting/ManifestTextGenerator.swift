// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// Writes random manifests in random ways: keys in any order, any indentation, comments wherever they may stand.
struct ManifestTextGenerator {
  private var random: SplitMix64
  /// The text of each comment.
  private(set) var comments: [String] = []
  private var lines: [String] = []
  private var anchors = 0

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// A file of one to three documents.
  mutating func file() -> String {
    let count = Int.random(in: 1...3, using: &random)
    for index in 0..<count {
      if index > 0 || random.chance(30) { lines.append("---" + trailing()) }
      gap(0)
      document()
      gap(0)
    }
    let end = random.chance(20) ? "\r\n" : "\n"
    return (random.chance(10) ? "\u{FEFF}" : "") + lines.joined(separator: end)
      + (random.chance(80) ? end : "")
  }

  private mutating func document() {
    anchors = 0
    if random.chance(15) { return mapping(at: 0, foreign()) }
    mapping(
      at: 0,
      [
        ("apiVersion", .text("kiln.imagebuilder/v1alpha1")),
        ("kind", .text(random.pick(["ImageComponent", "Stack", "ImagePipeline"]))),
        ("metadata", .mapping([("name", .text("n")), ("labels", .mapping(foreign()))])),
        ("spec", .mapping(spec())),
      ])
  }

  private mutating func foreign() -> [(String, Value)] {
    [("zeta", value(depth: 2)), ("alpha", value(depth: 1)), ("0", .text("x"))]
  }

  private mutating func spec() -> [(String, Value)] {
    let names = [
      "tags", "version", "content", "name", "build", "test", "imageOptions", "targets", "variables", "id",
      "lifecycle",
      "unknown", "baseImage", "moved", "description",
    ]
    return names.filter { _ in random.chance(60) }.map { name in
      switch name {
      case "build", "test", "targets": (name, .list((0..<3).map { _ in step() }))
      case "imageOptions":
        (
          name,
          .mapping([("imageFamily", scalar()), ("imageName", scalar()), ("imageTags", value(depth: 1))])
        )
      default: (name, value(depth: 3))
      }
    }
  }

  private mutating func step() -> Value {
    random.chance(20)
      ? scalar()
      : .mapping([
        ("parameters", value(depth: 1)), ("region", scalar()), ("name", scalar()), ("component", scalar()),
      ])
  }

  private indirect enum Value {
    case text(String)
    case block(header: String, [String])
    case nothing
    /// An anchor, or an alias of one that stands above.
    case reference
    case mapping([(String, Value)])
    case list([Value])
  }

  private mutating func value(depth: Int) -> Value {
    guard depth > 0, random.chance(45) else { return scalar() }
    if random.chance(50) {
      return .list((0..<Int.random(in: 1...3, using: &random)).map { _ in value(depth: depth - 1) })
    }
    return .mapping(
      ["b", "a", "'quoted'", "c d"].filter { _ in random.chance(70) }.map { ($0, value(depth: depth - 1)) }
        + [("z", scalar())])
  }

  private mutating func scalar() -> Value {
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return .nothing
    case 1: return .text("'single # no comment'")
    case 2: return .text("\"double\\n \\\" # no comment\"")
    case 3: return .text(random.pick(["\"true\"", "'012'", "\"plain\"", "'a b'", "\"*.*.*\"", "'x: y'"]))
    case 4: return .text("{a: 1, b: [x, \"y # z\"]}")
    case 5: return .text("!file ../a.sh")
    case 6: return .text("{fromVar: x}")
    case 7...9: return .block(header: random.pick(["|", "|-", "|+", ">", ">-"]), script())
    case 10: return .reference
    case 11: return .text("https://example.com/x#y")
    default: return .text(random.pick(["1", "text", "no", "a-b c", "1.4.0", "~", "null"]))
    }
  }

  private mutating func script() -> [String] {
    var script = ["RUN echo \(Int.random(in: 0..<99, using: &random))"]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      script.append(random.pick(["", "# in the text", "  deeper: - x", "'quote", "\tTab"]))
    }
    return script
  }

  private mutating func mapping(at indentation: Int, _ entries: [(String, Value)], isInline: Bool = false) {
    for (index, entry) in entries.shuffled(using: &random).enumerated() {
      if index > 0 || !isInline { gap(indentation) }
      let lead = (index == 0 && isInline ? "" : margin(indentation)) + entry.0 + ":"
      write(entry.1, behind: lead, at: indentation, isFirst: index == 0 && isInline)
    }
  }

  private mutating func list(at indentation: Int, _ values: [Value], isInline: Bool = false) {
    for (index, value) in values.enumerated() {
      if index > 0 || !isInline { gap(indentation) }
      let isFirst = index == 0 && isInline
      write(
        value, behind: (isFirst ? "" : margin(indentation)) + "-", at: indentation, isElement: true,
        isFirst: isFirst)
    }
  }

  private mutating func write(
    _ value: Value, behind lead: String, at indentation: Int, isElement: Bool = false, isFirst: Bool
  ) {
    func put(_ text: String) {
      if isFirst, let last = lines.popLast() { lines.append(last + text) } else { lines.append(text) }
    }
    let space = String(repeating: " ", count: Int.random(in: 1...3, using: &random))
    switch value {
    case .nothing: put(lead + trailing())
    case .text(let text): put(lead + space + text + trailing())
    case .reference: put(lead + space + reference() + trailing())
    case .block(let header, let script):
      put(lead + space + header + trailing())
      let inner = margin(indentation + Int.random(in: 1...4, using: &random))
      for line in script { lines.append(line.isEmpty && random.chance(70) ? "" : inner + line) }
    case .mapping(let entries) where isElement && random.chance(70):
      put(lead + space)
      mapping(at: indentation + 1 + space.count, entries, isInline: true)
    case .list(let values) where isElement && random.chance(50):
      put(lead + space)
      list(at: indentation + 1 + space.count, values, isInline: true)
    case .mapping(let entries):
      put(lead + trailing())
      mapping(at: indentation + Int.random(in: 1...4, using: &random), entries)
    case .list(let values):
      put(lead + trailing())
      list(at: indentation + Int.random(in: (isElement ? 1 : 0)...3, using: &random), values)
    }
  }

  private mutating func reference() -> String {
    if anchors > 0, random.chance(60) { return "*a\(Int.random(in: 1...anchors, using: &random))" }
    anchors += 1
    return "&a\(anchors) v\(anchors)"
  }

  private mutating func trailing() -> String {
    random.chance(15)
      ? String(repeating: " ", count: Int.random(in: 1...3, using: &random)) + comment()
      : random.chance(5) ? "  " : ""
  }

  private mutating func gap(_ indentation: Int) {
    while random.chance(20) {
      lines.append(random.chance(40) ? "" : margin(indentation) + comment())
    }
  }

  private mutating func comment() -> String {
    let text = "# \(random.pick(["about: this", "- commented: out", "it's"])) \(comments.count)."
    comments.append(text)
    return text
  }

  private func margin(_ indentation: Int) -> String { String(repeating: " ", count: indentation) }
}
