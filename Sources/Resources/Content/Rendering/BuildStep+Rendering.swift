// SPDX-License-Identifier: Apache-2.0

extension BuildStep {
  /// The step as a part of a content.
  ///
  /// Whatever can't be carried is a fault: what is written is read again, and must be the command that was meant.
  public func rendered() throws(StepFault) -> Composition.Piece {
    switch self {
    case .component(.stack(let reference), let arguments):
      if arguments.isEmpty { return .component(reference, arguments: "") }
      // Any reference will do to find out whether the parameters can be carried.
      _ = try checked(.component(.id("ic-0"), arguments), argument: "ic-0" + BuildStep.written(arguments))
      return .component(reference, arguments: String(BuildStep.written(arguments).dropFirst()))
    case .component(.handle(let handle), let arguments):
      return try checked(
        .component(handle, arguments), argument: handle.description + BuildStep.written(arguments))
    case .run(let script):
      let line = try BuildStep.joined(script)
      return try checked(nil, argument: line)
    case .env(let pairs): return try checkedPairs(pairs)
    case .label(let pairs): return try checkedPairs(pairs)
    case .workdir(let path): return try checked(.workdir(path), argument: path)
    case .copy(let source, let destination):
      return try checked(
        .copy(source: source, destination: destination), argument: "\(source) \(destination)")
    case .user(let name): return try checked(.user(name), argument: name)
    case .cmd(let start): return try checked(.cmd(start), argument: start.written)
    case .entrypoint(let start): return try checked(.entrypoint(start), argument: start.written)
    case .restart: return .command(word.rawValue)
    }
  }

  /// The content that `steps` make, or what is wrong with each that can't be carried, by its index.
  public static func composition(of steps: [BuildStep]) -> (content: Composition, faults: [Int: StepFault]) {
    var pieces: [Composition.Piece] = []
    var faults: [Int: StepFault] = [:]
    for (index, step) in steps.enumerated() {
      do { pieces.append(try step.rendered()) } catch { faults[index] = error }
    }
    return (Composition(pieces), faults)
  }

  /// The command of the step's word and `argument`, if it reads back as one command, and as `command`.
  private func checked(_ command: ContentCommand?, argument: String) throws(StepFault) -> Composition.Piece {
    let text = "\(word.rawValue) \(argument)"
    let read = DockerfileContent(text)
    for line in read.lines {
      if case .fault(_, let fault) = line.reading { throw StepFault(fault.message, hint: fault.hint) }
    }
    guard read.lines.count == 1, let found = read.lines.first?.command, found.word == word else {
      throw StepFault("a line's end can't stand in \(word.rawValue)")
    }
    if let command, found != command {
      throw StepFault(
        "\(word.rawValue) can't carry this value",
        hint: "blanks at its ends and line ends are lost on the way")
    }
    return .command(text)
  }

  private func checkedPairs(_ pairs: [Pair]) throws(StepFault) -> Composition.Piece {
    if let pair = pairs.first(where: { $0.name.isEmpty || !$0.name.utf8.allSatisfy(BuildStep.isNameByte) }) {
      throw StepFault("'\(pair.name)' can't be a name in \(word.rawValue)")
    }
    let written = pairs.map {
      ContentCommand.Pair(name: $0.name, value: $0.value, written: $0.value.inDoubleQuotes)
    }
    return try checked(
      word == .env ? .env(written) : .label(written),
      argument: written.map { "\($0.name)=\($0.written)" }.joined(separator: " "))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isWordByte || byte == Byte.dot || byte == Byte.dash || byte == Byte.slash
  }

  private static func written(_ arguments: [ComponentArgument]) -> String {
    arguments.map { " --\($0.name) \($0.value)" }.joined()
  }

  /// The script on one logical line; one without line ends inside stays as it is.
  private static func joined(_ script: String) throws(StepFault) -> String {
    var bytes: [UInt8] = []
    for byte in script.utf8 {
      if byte == Byte.newline, bytes.last == Byte.carriageReturn { bytes.removeLast() }
      bytes.append(byte)
    }
    while let last = bytes.last, last == Byte.newline { bytes.removeLast() }
    guard bytes.contains(Byte.newline) else { return String(decoding: bytes, as: UTF8.self) }
    var joiner = ScriptJoiner(bytes)
    do {
      return String(decoding: try joiner.join(), as: UTF8.self)
    } catch {
      throw StepFault(
        "the script can't become one RUN line: \(error.message)",
        hint: "put it into a component with a RunShellCommand task, which takes scripts as they are",
        scriptOffset: error.offset)
    }
  }
}

extension ContentCommand.Start {
  /// The argument of `CMD` or `ENTRYPOINT`.
  fileprivate var written: String {
    switch self {
    case .shell(let line): line
    case .exec(let words): "[" + words.map(\.asJSONString).joined(separator: ", ") + "]"
    }
  }
}

extension String {
  /// The text in double quotes, which `ENV` and `LABEL` read back as it is; `$` stays, so that variables work.
  fileprivate var inDoubleQuotes: String {
    "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// The text as a JSON string.
  fileprivate var asJSONString: String {
    var written = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": written += "\\\""
      case "\\": written += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }
}
