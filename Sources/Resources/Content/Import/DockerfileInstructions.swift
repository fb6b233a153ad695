// SPDX-License-Identifier: Apache-2.0

/// Reads a Dockerfile into instructions.
struct DockerfileInstructions {
  private(set) var all: [DockerfileInstruction] = []
  /// The lines that hold nothing but a comment, from 1.
  private(set) var comments: [Int] = []
  /// The lines of parser directives, such as `# escape=`, by name.
  private(set) var directives: [String: (line: Int, value: String)] = [:]

  /// What joins a line with the next one.
  var escape: Character { directives["escape"]?.value == "`" ? "`" : "\\" }

  private let lines: [String]
  private var next = 0

  /// The instructions of `text`.
  init(_ text: String) {
    var text = text[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text = Substring(text.unicodeScalars.dropFirst()) }
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    readDirectives()
    while next < lines.count {
      let first = next
      let trimmed = lines[next].trimmed
      if trimmed.isEmpty || trimmed.hasPrefix("#") {
        next += 1
        if trimmed.hasPrefix("#") { comments.append(next) }
        continue
      }
      var instruction = DockerfileInstruction(line: first + 1, lines: logicalLine())
      for opening in openings(of: instruction) { readDocument(opening, into: &instruction) }
      all.append(instruction)
    }
  }

  private mutating func readDirectives() {
    while next < lines.count, let directive = lines[next].asDirective {
      directives[directive.name] = (next + 1, directive.value)
      next += 1
    }
  }

  /// The lines of the instruction that begins here, without the backslashes that join them.
  private mutating func logicalLine() -> [String] {
    var parts: [String] = []
    while next < lines.count {
      let line = lines[next], trimmed = line.trimmed
      next += 1
      if !parts.isEmpty, trimmed.isEmpty { continue }
      if !parts.isEmpty, trimmed.hasPrefix("#") {
        comments.append(next)
        continue
      }
      var end = line[...]
      while end.last?.isWhitespace == true { end.removeLast() }
      guard end.last == escape else {
        parts.append(line)
        break
      }
      parts.append(String(end.dropLast()))
    }
    return parts
  }

  private func openings(of instruction: DockerfileInstruction) -> [Substring] {
    guard ["RUN", "COPY", "ADD"].contains(instruction.word) else { return [] }
    return instruction.argument.split(whereSeparator: \.isWhitespace).compactMap { word in
      word.prefixMatch(of: #/[0-9]*(<<-?(?:"[\w.-]+"|'[\w.-]+'|[A-Za-z_][\w.-]*))/#)?.1
    }
  }

  private mutating func readDocument(_ opening: Substring, into instruction: inout DockerfileInstruction) {
    let stripsTabs = opening.hasPrefix("<<-")
    let name = opening.drop { "<-".contains($0) }
    let isQuoted = name.first == "\"" || name.first == "'"
    let end = isQuoted ? name.dropFirst().dropLast() : name
    var body: [String] = []
    while next < lines.count {
      let line = stripsTabs ? String(lines[next].drop { $0 == "\t" }) : lines[next]
      next += 1
      if line == end { break }
      body.append(line)
    }
    instruction.documents.append(
      DockerfileInstruction.Document(opening: String(opening), lines: body, expands: !isQuoted))
  }
}

extension String {
  /// The name and value, where the line is a parser directive.
  fileprivate var asDirective: (name: String, value: String)? {
    guard let match = wholeMatch(of: #/\s*#\s*(syntax|escape|check)\s*=\s*(.*?)\s*/#.ignoresCase()) else {
      return nil
    }
    return (match.1.lowercased(), String(match.2))
  }
}
