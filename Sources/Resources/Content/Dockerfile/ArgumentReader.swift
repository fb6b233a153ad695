// SPDX-License-Identifier: Apache-2.0

/// Takes one command's argument apart.
struct ArgumentReader {
  /// An argument that can't be taken apart; `range` is in the joined bytes, nil where the word itself is to blame.
  struct Fault: Error {
    var kind = ArgumentFault.Kind.malformed
    var message: String
    var hint: String?
    var range: Range<Int>?
  }

  /// The joined bytes of the content.
  let bytes: [UInt8]
  /// Where the argument stands in them, without blanks around it.
  let range: Range<Int>
  /// The argument as text.
  let text: String

  /// The command that `word` makes with the argument.
  func command(_ word: CommandWord, _ line: LogicalLines.Line) throws(Fault) -> ContentCommand {
    if word == .restart {
      guard range.isEmpty else {
        throw Fault(kind: .unwanted, message: "RESTART takes no argument", range: range)
      }
      if line.isOpen { throw danglingBackslash }
      return .restart
    }
    guard !range.isEmpty else { throw Fault(kind: .missing, message: "\(word.rawValue) has no argument") }
    try rejectWhatNoCommandTakes(line)
    switch word {
    case .run:
      try rejectFlags(of: word)
      return .run(text)
    case .env: return .env(try pairs(of: word))
    case .label: return .label(try pairs(of: word))
    case .workdir: return .workdir(try singleWord(of: word))
    case .user: return .user(try singleWord(of: word))
    case .copy:
      try rejectFlags(of: word)
      return try copy()
    case .cmd: return .cmd(try start(of: word))
    case .entrypoint: return .entrypoint(try start(of: word))
    case .component: return try component()
    case .from: return try from()
    case .restart: return .restart
    }
  }

  private var danglingBackslash: Fault {
    Fault(
      message: "the line ends in a backslash, but nothing follows",
      hint: "take the backslash away or add the line that it promises", range: nil)
  }

  private func rejectWhatNoCommandTakes(_ line: LogicalLines.Line) throws(Fault) {
    if line.isOpen { throw danglingBackslash }
    if let document = line.hereDocument {
      throw Fault(
        kind: .unsupported, message: "the service has no here-documents",
        hint: "write the file with printf, or use the YAML form", range: document)
    }
    for index in range where bytes[index] == 0 {
      throw Fault(message: "a NUL byte can't stand in a command", range: index..<index + 1)
    }
  }

  private func rejectFlags(of word: CommandWord) throws(Fault) {
    guard bytes.startsWithDashes(range), let flag = bytes.words(range.prefix(128)).first else { return }
    throw Fault(
      kind: .unsupported,
      message: "the service has no flags of \(word.rawValue), such as '\(bytes.excerpt(flag))'",
      hint: "take the flag away", range: flag)
  }

  private func singleWord(of word: CommandWord) throws(Fault) -> String {
    if let blank = range.first(where: { bytes[$0].isBlank }) {
      throw Fault(
        message: "\(word.rawValue) takes one word", hint: "take away what follows the first word",
        range: blank..<range.upperBound)
    }
    return text
  }

  private func copy() throws(Fault) -> ContentCommand {
    if bytes[range.lowerBound] == Byte.openBracket {
      throw Fault(
        message: "the service has no list form of COPY", hint: "write 'COPY source folder'", range: range)
    }
    let words = bytes.words(range)
    guard words.count == 2 else {
      throw Fault(
        message: "COPY takes a source and a folder, not \(words.count) word\(words.count == 1 ? "" : "s")",
        hint: words.count == 1 ? "add the folder on the instance" : "write one COPY line for each source",
        range: range)
    }
    let (source, destination) = (bytes.text(words[0]), bytes.text(words[1]))
    if CopySource.isURL(source), let query = words[0].first(where: { bytes[$0] == Byte.question }) {
      throw Fault(
        kind: .query, message: "the URL of COPY may not have a query string",
        hint: "fetch it in a RUN line with curl, or put the file where no query is needed",
        range: query..<words[0].upperBound)
    }
    return .copy(source: source, destination: destination)
  }

  private func start(of word: CommandWord) throws(Fault) -> ContentCommand.Start {
    guard bytes[range.lowerBound] == Byte.openBracket else { return .shell(text) }
    var reader = StringListReader(bytes: bytes, range: range)
    guard let list = reader.read() else {
      throw Fault(
        message: "the list of \(word.rawValue) is not a JSON list of strings",
        hint: "write [\"program\", \"argument\"] with double quotes, or a line for the shell",
        range: min(reader.index, range.upperBound - 1)..<range.upperBound)
    }
    return .exec(list)
  }

  private func from() throws(Fault) -> ContentCommand {
    if range.allSatisfy({ !bytes[$0].isBlank }), let colon = range.first(where: { bytes[$0] == Byte.colon }),
      colon + 1 < range.upperBound
    {
      let reference = bytes.text(colon + 1..<range.upperBound)
      switch bytes.text(range.lowerBound..<colon) {
      case "IMAGE": return .from(.image(reference))
      case "IMAGE_FAMILY": return .from(.family(reference))
      default: break
      }
    }
    throw Fault(
      message: "FROM takes IMAGE:<id> or IMAGE_FAMILY:<name>",
      hint: "take the line away: the service goes by BaseImageType and BaseImage", range: range)
  }
}

/// What a source of `COPY` can be told by.
enum CopySource {
  /// Whether `text` begins with a scheme and `://`.
  static func isURL(_ text: String) -> Bool {
    var rest = text.utf8[...]
    while let byte = rest.first, byte.isLetter || byte.isDigit { rest = rest.dropFirst() }
    return rest.startIndex != text.utf8.startIndex && rest.starts(with: "://".utf8)
  }
}
