// SPDX-License-Identifier: Apache-2.0

/// What a content says, whatever way it is written: contents that mean the same are equal here.
///
/// Digests are taken over it, so its bytes must not change from one release to the next.
public enum ContentModel: Hashable, Sendable {
  /// One command of the Dockerfile form.
  public struct Command: Hashable, Sendable {
    /// Its word.
    public let word: CommandWord
    /// Its argument, verbatim but for joined lines and blanks around it.
    public let argument: String

    /// The command `word argument`.
    public init(_ word: CommandWord, _ argument: String) {
      self.word = word
      self.argument = argument
    }
  }

  /// A content in the Dockerfile form.
  case commands([Command])
  /// A content in the YAML form.
  case tasks(StructuredContent)
  /// A text in which something is wrong: all of it, with LF as line end and without the last one.
  case text(String)

  /// Whether both say the same, byte for byte; to `String` an `é` made of two characters would equal one made of one.
  public static func == (left: ContentModel, right: ContentModel) -> Bool {
    left.canonicalBytes == right.canonicalBytes
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(canonicalBytes) }
}

extension ContentText {
  /// What the content says at `place`; in a pipeline's content a leading `FROM`, which the service may add, is left out.
  public func model(at place: ContentPlace) -> ContentModel {
    switch body {
    case .yaml(let content): content.structured.map(ContentModel.tasks) ?? .text(text.withNormalLineEnds)
    case .dockerfile(let content): content.model(of: text, at: place)
    }
  }
}

extension DockerfileContent {
  fileprivate func model(of text: String, at place: ContentPlace) -> ContentModel {
    var meant = lines[...]
    if lines.first?.commandWord == .from, place == .build || place == .test { meant = meant.dropFirst() }
    var commands: [ContentModel.Command] = []
    commands.reserveCapacity(meant.count)
    for line in meant {
      guard let word = line.command?.word else {
        let start = meant.startIndex > 0 ? lines[0].range.upperBound : 0
        let rest = String(decoding: text.utf8.dropFirst(start), as: UTF8.self).withNormalLineEnds
        return .text(start > 0 && rest.hasPrefix("\n") ? String(rest.dropFirst()) : rest)
      }
      commands.append(ContentModel.Command(word, line.argument))
    }
    return .commands(commands)
  }
}

extension String {
  /// The text without a leading `FROM`, which the service ignores and may write into a pipeline's content (reference §9);
  /// nil where nothing else stands in it.
  public var withoutLeadingFrom: String? {
    guard contains("FROM"), case .dockerfile(let content) = ContentText(self).body,
      let first = content.lines.first, first.commandWord == .from
    else { return self }
    let start = utf8.prefix(first.range.lowerBound)
    let rest = utf8.dropFirst(first.range.upperBound)
      .drop { $0 == Byte.newline || $0 == Byte.carriageReturn }
    return start.isEmpty && rest.isEmpty ? nil : String(Substring(start)) + String(Substring(rest))
  }

  /// The text with LF as line end and without the last one.
  fileprivate var withNormalLineEnds: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for byte in utf8 {
      if byte == Byte.newline, bytes.last == Byte.carriageReturn { bytes.removeLast() }
      bytes.append(byte)
    }
    if bytes.last == Byte.newline { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
