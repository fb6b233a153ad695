// SPDX-License-Identifier: Apache-2.0

import Glibc
import JSONSyntax
import ManifestSyntax
import Planning
import Synchronization
import SystemPackage

/// Where the command speaks: data to standard output, talk to standard error.
final class Console: Sendable {
  /// Whether standard error is a terminal that a line can be rewritten on.
  let isLive: Bool
  /// Colours for standard output.
  let outputInk: Ink
  /// Colours for standard error.
  let talkInk: Ink
  /// Whether standard output takes events instead of text.
  let isJSON: Bool
  private let now: @Sendable () -> String
  private let status = Mutex("")
  /// The target that is spoken of, where a command is about several.
  private let label: String?
  /// What is kept back until the others have spoken; nil when nothing is.
  private let held: Mutex<Held?>
  private let complaints = Mutex<[String]>([])
  private static let lost = Mutex<String?>(nil)
  private static let hasBegun = Mutex(false)

  /// What went wrong so far, for reports.
  var failure: String? { complaints.withLock { $0.isEmpty ? nil : $0.joined(separator: "; ") } }

  /// Ends the process with an error where data for standard output was lost, as on a full disk: whoever reads it would
  /// take a part for the whole.
  static func checkOutput() throws {
    guard let reason = lost.withLock({ $0 }) else { return }
    _ = try? FileDescriptor.standardError.writeAll(
      "error: standard output can't be written: \(reason)\n".utf8)
    throw Exit.error
  }

  private struct Held {
    var data = ""
    var talk = ""
  }

  init(environment: [String: String], noColour: Bool, isJSON: Bool, now: @escaping @Sendable () -> String) {
    let barred =
      noColour || environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
    let forced = environment["CLICOLOR_FORCE"].map { $0 != "0" && !$0.isEmpty } ?? false
    func isColoured(_ descriptor: FileDescriptor) -> Bool {
      !barred && (forced || isatty(descriptor.rawValue) == 1)
    }
    outputInk = Ink(isColoured: isColoured(.standardOutput))
    talkInk = Ink(isColoured: isColoured(.standardError))
    let isContinuousIntegration = environment["CI"].map { !$0.isEmpty && $0 != "false" } ?? false
    isLive =
      isatty(FileDescriptor.standardError.rawValue) == 1 && !isContinuousIntegration
      && environment["TERM"] != "dumb"
    self.isJSON = isJSON
    self.now = now
    label = nil
    held = Mutex(nil)
  }

  private init(_ other: Console, label: String) {
    (isLive, outputInk, talkInk) = (false, other.outputInk, other.talkInk)
    (isJSON, now) = (other.isJSON, other.now)
    self.label = label
    held = Mutex(Held())
  }

  /// A console on which one of several targets speaks: it says so, and keeps everything back until ``release()``.
  func labelled(_ target: String) -> Console { Console(self, label: target) }

  /// Says what was kept back, data first, under a heading; from now on keeps nothing back.
  func release() {
    let kept = held.withLock { held in
      defer { held = nil }
      return held
    }
    guard let kept, let label else { return }
    if !isJSON { put(outputInk.bold("== Target \(label) ==") + "\n\n", to: .standardOutput) }
    put(kept.data.isEmpty || isJSON ? kept.data : kept.data + "\n", to: .standardOutput)
    put(kept.talk, to: .standardError)
  }

  /// Whether a person sits before standard input.
  static var hasPerson: Bool { isatty(FileDescriptor.standardInput.rawValue) == 1 }

  /// Writes data.
  func write(_ text: ShownText) { write(shown: text.text) }

  /// Writes data that is fit to be shown, or meant for machines.
  func write(shown text: String) {
    clearStatus()
    put(text, to: .standardOutput)
  }

  /// Writes the event that every other follows, once in a process; does nothing where no events are wanted.
  ///
  /// Commands that may have nothing to tell begin so; for the others the first event does.
  func begin() {
    guard isJSON else { return }
    let hasBegun = Console.hasBegun.withLock { hasBegun in
      defer { hasBegun = true }
      return hasBegun
    }
    if hasBegun { return }
    let version = VersionCommand.version
    // It is of no target, and not kept back either.
    emit(
      line(EventType.version.event("Kiln \(version)", ["kiln": .string(version), "ui": "1.0"]), target: nil),
      to: .standardOutput)
  }

  /// Writes an event as one line, with the time.
  func write(event: JSONValue) {
    begin()
    write(shown: line(event, target: label))
  }

  private func line(_ event: JSONValue, target: String?) -> String {
    var members = event.object ?? [:]
    members["@timestamp"] = .string(now())
    members["target"] = target.map(JSONValue.string)
    return JSONValue.object(members).text + "\n"
  }

  /// Says something.
  func say(_ words: ShownText) {
    clearStatus()
    guard let label else { return put(words.text + "\n", to: .standardError) }
    let lines = words.text.split(separator: "\n", omittingEmptySubsequences: false)
    put(lines.map { "[\(label)] \($0)\n" }.joined(), to: .standardError)
  }

  /// Says what went wrong, without a place in a file.
  ///
  /// - Parameters:
  ///   - message: A sentence, which may hold words of the service.
  ///   - details: What it is put together of, a line each.
  ///   - hint: What to do.
  func complain(_ message: String, details: [String] = [], hint: String? = nil) {
    complaints.withLock { $0.append(message) }
    let more = details + [hint].compactMap(\.self)
    if isJSON { write(event: Diagnostic.event(.error, message, more)) }
    let lines: [ShownText] =
      ["\(shown: talkInk.red("error:")) \(message)"] + details.map { "  \($0)" }
      + [hint.map { "\(shown: talkInk.green("hint:")) \($0)" }].compactMap(\.self)
    say("\(shown: lines.map(\.text).joined(separator: "\n"))")
  }

  /// Says what may be meant but seldom is, or what the command can do without.
  func warn(_ message: String) {
    if isJSON { write(event: Diagnostic.event(.warning, message, [])) }
    say("\(shown: talkInk.yellow("warning:")) \(message)")
  }

  /// Tells all diagnostics, each with its source line, sorted by place.
  func tell(_ diagnostics: [Diagnostic], source: (String) -> SourceFile?) {
    // A file with many mistakes is read once, not for each of them.
    var sources: [String: SourceFile?] = [:]
    for diagnostic in diagnostics {
      if isJSON { write(event: diagnostic.event) }
      let once = { (path: String) -> SourceFile? in
        if let known = sources[path] { return known }
        let file = source(path)
        sources.updateValue(file, forKey: path)
        return file
      }
      say("\(shown: diagnostic.rendered(source: once, colour: talkInk.isColoured))")
    }
  }

  /// Shows `text` as the one line at the bottom that is rewritten; does nothing off a terminal.
  func show(status text: String) {
    guard isLive else { return }
    let line = String(text.prefix(79))
    status.withLock { shown in
      guard shown != line else { return }
      shown = line
      put("\r\u{1B}[K\(line)", to: .standardError)
    }
  }

  /// Takes the line at the bottom away.
  func clearStatus() {
    guard isLive else { return }
    status.withLock { shown in
      guard !shown.isEmpty else { return }
      shown = ""
      put("\r\u{1B}[K", to: .standardError)
    }
  }

  private func put(_ text: String, to descriptor: FileDescriptor) {
    let isKept = held.withLock { held in
      guard held != nil else { return false }
      if descriptor == .standardOutput { held?.data += text } else { held?.talk += text }
      return true
    }
    if !isKept { emit(text, to: descriptor) }
  }

  private func emit(_ text: String, to descriptor: FileDescriptor) {
    do {
      try descriptor.writeAll(text.utf8)
    } catch {
      // A reader that has gone away, as in `kiln plan | head`, is no reason to fail.
      guard descriptor == .standardOutput, error as? Errno != .brokenPipe else { return }
      Console.lost.withLock { $0 = $0 ?? "\(error)" }
    }
  }
}

extension Diagnostic {
  /// One without a rule or a place, as Terraform's events show it.
  fileprivate static func event(_ severity: Severity, _ message: String, _ details: [String]) -> JSONValue {
    event(
      severity, message,
      [
        "severity": .string(severity.rawValue), "summary": .string(message),
        "detail": .string(details.joined(separator: "\n")),
      ])
  }

  private static func event(
    _ severity: Severity, _ message: String, _ members: [String: JSONValue]
  ) -> JSONValue {
    EventType.diagnostic.event(
      message, level: severity == .error ? "error" : severity == .warning ? "warn" : "info",
      ["diagnostic": .object(members)])
  }

  /// The diagnostic as Terraform's events show one.
  var event: JSONValue {
    var members: [String: JSONValue] = [
      "severity": .string(severity.rawValue), "summary": .string(message), "rule": .string(rule),
      "detail": .string(hint ?? ""),
    ]
    if let location {
      func mark(_ mark: Mark) -> JSONValue {
        ["line": .integer(Int64(mark.line)), "column": .integer(Int64(mark.column))]
      }
      members["range"] = [
        "filename": .string(location.file), "start": mark(location.range.start),
        "end": mark(location.range.end),
      ]
    }
    return Diagnostic.event(severity, message, members)
  }
}
