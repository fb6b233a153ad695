// SPDX-License-Identifier: Apache-2.0

/// A comment on a pull request: never longer than GitHub takes, never cut inside of a block.
public struct MarkdownComment: Sendable {
  /// What a comment tells of.
  public enum Subject: String, Sendable {
    /// What would be done.
    case plan
    /// What was done.
    case apply
  }

  /// The greatest length that GitHub takes, here counted in UTF-16 units, of which there are never fewer than
  /// characters.
  public static let limit = 65_536
  /// Room that is kept for saying what was left out.
  private static let reserve = 500

  /// The text so far.
  public private(set) var text: String
  private var left: Int

  /// An empty comment, but for the marker by which a bot finds it again.
  ///
  /// - Parameters:
  ///   - subject: What it tells of.
  ///   - stack: The stack's id.
  ///   - target: The target's name; nil for all of them.
  public init(about subject: Subject, stack: String, target: String?) {
    self.init(
      marker: "<!-- kiln:\(subject.rawValue) stack=\(stack) target=\(target ?? "*") -->", limit: Self.limit)
  }

  init(marker: String, limit: Int) {
    text = marker + "\n"
    left = limit - text.utf16.count
  }

  /// Lets `body` add to the comment no more than its share of what is left.
  ///
  /// - Parameter followers: How many sections are still to come.
  public mutating func section(followedBy followers: Int, _ body: (inout MarkdownComment) -> Void) {
    let withheld = left - left / (followers + 1)
    left -= withheld
    body(&self)
    left += withheld
  }

  /// Adds a block if there is room for it.
  ///
  /// - Returns: Whether there was.
  mutating func add(_ block: String, keeping room: Int = reserve) -> Bool {
    let cost = block.utf16.count + 2
    guard cost + room <= left else { return false }
    text += "\n\(block)\n"
    left -= cost
    return true
  }

  /// Adds a sentence about what was left out, for which there always is room.
  mutating func addNote(_ sentence: String) {
    _ = add("> [!NOTE]\n> \(sentence)", keeping: 0)
  }

  /// Adds as many of `lines` as there is room for in half of what is left.
  ///
  /// - Returns: How many were added.
  mutating func addList(_ head: [String], _ lines: [String]) -> Int {
    var room = left / 2 - Self.reserve - head.reduce(2) { $0 + $1.utf16.count + 1 }
    var shown: [String] = []
    for line in lines {
      room -= line.utf16.count + 1
      guard room >= 0 else { break }
      shown.append(line)
    }
    guard !shown.isEmpty, add((head + shown).joined(separator: "\n")) else { return 0 }
    return shown.count
  }

  /// Adds `lines` folded away under `summary`; where there is no room for all, the first of them.
  ///
  /// - Parameter summary: HTML.
  /// - Returns: Whether anything was added.
  mutating func addDetails(_ summary: String, _ lines: [String], language: String) -> Bool {
    func block(_ lines: [String]) -> String {
      "<details><summary>\(summary)</summary>\n\n\(Markdown.fenced(lines, language: language))\n\n</details>"
    }
    if add(block(lines)) { return true }
    let fence = Markdown.fence(around: lines).utf16.count
    var room = left - Self.reserve - summary.utf16.count - 2 * fence - 160
    var shown: [String] = []
    for line in lines {
      room -= line.utf16.count + 1
      guard room >= 0 else { break }
      shown.append(line)
    }
    guard shown.count >= 5 else { return false }
    return add(block(shown + ["... \(lines.count - shown.count) more lines are left out"]))
  }
}
