// SPDX-License-Identifier: Apache-2.0

extension ContentText {
  /// The commands that do in a pipeline's content what the component with this content would do there.
  ///
  /// Of the YAML form only what loses nothing as a command is taken: `RunShellCommand` without another account and without
  /// outputs of other tasks, and `Reboot` without force.
  ///
  /// - Parameter arguments: Values of the component's parameters; the defaults stand for those that are not given.
  public func inlined(_ arguments: [ComponentArgument]) throws(StepFault) -> [String] {
    switch body {
    case .dockerfile(let content):
      var commands: [String] = []
      for line in content.lines {
        guard line.command != nil else { throw StepFault("its content has mistakes") }
        commands.append(written(line))
      }
      return commands
    case .yaml(let content):
      guard let content = content.structured else { throw StepFault("its content has mistakes") }
      var commands: [String] = []
      for task in content.tasks {
        commands.append(try task.inlined(content.values(given: arguments)))
      }
      return commands
    }
  }

  /// The command as it is written, over as many lines, but without comments between them.
  private func written(_ line: DockerfileContent.Line) -> String {
    let bytes = Array(text.utf8)[line.range]
    let lines = bytes.split(separator: Byte.newline).filter { line in
      guard let first = line.first(where: { !$0.isBlank && $0 != Byte.carriageReturn }) else { return false }
      return first != Byte.hash
    }
    return lines.map { line in
      String(decoding: line.last == Byte.carriageReturn ? line.dropLast() : line, as: UTF8.self)
    }.joined(separator: "\n")
  }
}

extension StructuredContent {
  /// The value of each parameter: what is given, or the default.
  fileprivate func values(given arguments: [ComponentArgument]) -> [String: String] {
    var values: [String: String] = [:]
    for parameter in parameters { values[parameter.name] = parameter.defaultValue }
    for argument in arguments { values[argument.name] = argument.value }
    return values
  }
}

extension StructuredContent.Task {
  fileprivate func inlined(_ values: [String: String]) throws(StepFault) -> String {
    switch action {
    case "RunShellCommand": return try script(values)
    case "Reboot":
      guard self["forceStop"] == nil || self["forceStop"] == .constant("false") else {
        throw fault("forces the instance to stop")
      }
      return CommandWord.restart.rawValue
    default: throw fault("does \(action), which is no command")
    }
  }

  private subscript(name: String) -> ContentValue? { properties.first { $0.name == name }?.value }

  private func fault(_ reason: String) -> StepFault {
    StepFault(
      "its task \(name) \(reason)",
      hint: "leave compose: inline out, or write the component in the Dockerfile form")
  }

  private func text(_ name: String, _ values: [String: String]) throws(StepFault) -> String? {
    guard let value = self[name] else { return nil }
    guard case .text(let text) = value else { throw fault("has a \(name) that is no text") }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var start = 0
    for reference in ContentReference.find(in: bytes, bytes.indices) {
      guard case .parameter(let parameter) = reference.target else {
        throw fault("uses the output of another task")
      }
      guard let value = values[parameter] else {
        throw fault("names a parameter \(parameter), which has no value")
      }
      result += bytes[start..<reference.byteRange.lowerBound]
      result += Array(value.utf8)
      start = reference.byteRange.upperBound
    }
    return String(decoding: result + bytes[start...], as: UTF8.self)
  }

  private func script(_ values: [String: String]) throws(StepFault) -> String {
    if self["username"] != nil { throw fault("runs as another account") }
    guard var script = try text("commandContent", values) else { throw fault("has no commandContent") }
    let interpreter = try interpreter(of: script)
    if interpreter != nil { script = String(script.drop { $0 != "\n" && $0 != "\r\n" }.dropFirst()) }
    if let folder = try text("workingDir", values) {
      script = "cd \(folder.inShellQuotes) || exit 1\n\(script)"
    }
    guard case .command(let command) = try BuildStep.run(script).rendered() else {
      throw fault("is no command")
    }
    guard let interpreter else { return command }
    let line = command.dropFirst("RUN ".count).replacing("\\\n", with: "")
    let whole = "\(interpreter) -c '\(line.replacing("'", with: #"'\''"#))'"
    guard case .command(let quoted) = try BuildStep.run(whole).rendered() else {
      throw fault("is no command")
    }
    return quoted
  }

  /// The shell that the first line of the script names; nil where it names none, or the one that runs commands anyway.
  private func interpreter(of script: String) throws(StepFault) -> String? {
    guard script.hasPrefix("#!") else { return nil }
    let line = String(script.dropFirst(2).prefix { $0 != "\n" && $0 != "\r\n" }).trimmed
    var words = line.split(separator: " ")
    if words.first == "/usr/bin/env" { words.removeFirst() }
    let shell = words.first.flatMap { $0.split(separator: "/").last } ?? ""
    guard ["sh", "bash", "dash", "ash"].contains(shell) else { throw fault("is a program for \(line)") }
    return words.joined(separator: " ")
  }
}
