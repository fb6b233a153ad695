// SPDX-License-Identifier: Apache-2.0

/// Scripts put together so that a shell reads them in one go: starting it takes longer than reading.
///
/// Each stands in parentheses of its own, so that none can end what another begins.
public struct ShellBatch: Sendable {
  /// The scripts, by their places among those that were asked about, in order.
  public let scripts: [Int]
  /// What the shell is given.
  public let text: String
  private let parts: [(script: Int, text: String)]
  /// The line of `text` at which each script begins, from 1.
  private let starts: [Int]

  /// What a shell can be given as one argument, with room to spare.
  private static let limit = 100_000

  private init(_ parts: [(script: Int, text: String)]) {
    self.parts = parts
    scripts = parts.map(\.script)
    var text = ""
    var starts: [Int] = []
    var line = 1
    for part in parts {
      starts.append(line + 1)
      text += "( :\n\(part.text)\n)\n"
      line += 3 + part.text.utf8.count { $0 == UInt8(ascii: "\n") }
    }
    self.text = text
    self.starts = starts
  }

  /// The scripts in as few batches as possible; those that are not closed have one of their own.
  public static func batches(of scripts: [ShellScript]) -> [ShellBatch] {
    var batches: [ShellBatch] = []
    var open: [(Int, String)] = []
    var size = 0
    for (index, script) in scripts.enumerated() {
      let count = script.text.utf8.count + 8
      guard count < limit, !script.text.utf8.contains(0) else { continue }
      guard script.isClosed else {
        batches.append(ShellBatch([(index, script.text)]))
        continue
      }
      if size + count > limit {
        batches.append(ShellBatch(open))
        (open, size) = ([], 0)
      }
      open.append((index, script.text))
      size += count
    }
    return open.isEmpty ? batches : batches + [ShellBatch(open)]
  }

  /// Each script as a batch of its own.
  public var alone: [ShellBatch] { parts.map { ShellBatch([$0]) } }

  /// The scripts behind the first `count`; nil where there are none.
  public func dropping(first count: Int) -> ShellBatch? {
    count < parts.count ? ShellBatch(Array(parts.dropFirst(count))) : nil
  }

  /// The place in the batch of the script that has the line `line` of `text`.
  public func place(ofLine line: Int) -> Int { max((starts.lastIndex { $0 <= line } ?? 0), 0) }

  /// What the shell said of the only script, as a fault of it; nil where it said nothing of a line.
  public func fault(_ complaint: ShellComplaint) -> ShellFault? {
    guard let script = scripts.first, let start = starts.first else { return nil }
    return ShellFault(script: script, line: complaint.line - start + 1, message: complaint.message)
  }
}

/// What a shell says of a text that it can't read.
public struct ShellComplaint: Hashable, Sendable {
  /// The line at which it gave up, from 1.
  public let line: Int
  /// What it says, without its own name and the line.
  public let message: String

  /// Reads what bash writes to standard error: `bash: -c: line 3: syntax error near unexpected token 'fi'`.
  public init?(_ talk: String) {
    for row in talk.split(separator: "\n") {
      guard !row.contains("warning:"), let mark = row.firstRange(of: ": line ") else { continue }
      let rest = row[mark.upperBound...]
      guard let line = Int(rest.prefix { $0.isNumber }), let colon = rest.firstRange(of: ": ") else {
        continue
      }
      self.line = line
      message = String(rest[colon.upperBound...]).replacing("`", with: "'")
      return
    }
    return nil
  }
}
