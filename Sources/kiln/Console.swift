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
  }

  /// Whether a person sits before standard input.
  static var hasPerson: Bool { isatty(FileDescriptor.standardInput.rawValue) == 1 }

  /// Writes data.
  func write(_ text: String) {
    clearStatus()
    put(text, to: .standardOutput)
  }

  /// Writes an event as one line, with the time.
  func write(event: JSONValue) {
    guard case .object(var members) = event else { return }
    members["@timestamp"] = .string(now())
    write(JSONValue.object(members).text + "\n")
  }

  /// Says something.
  func say(_ text: String) {
    clearStatus()
    put(text + "\n", to: .standardError)
  }

  /// Says what went wrong, without a place in a file.
  func complain(_ message: String, hint: String? = nil) {
    say(
      "\(talkInk.red("error:")) \(message.withVisibleControls)"
        + (hint.map { "\n\(talkInk.green("hint:")) \($0)" } ?? ""))
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
      say(diagnostic.rendered(source: once, colour: talkInk.isColoured))
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
    // A reader that has gone away, as in `kiln plan | head`, is no reason to fail.
    _ = try? descriptor.writeAll(text.utf8)
  }
}

extension Diagnostic {
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
    return [
      "@level": .string(severity == .error ? "error" : severity == .warning ? "warn" : "info"),
      "@message": .string(message), "@module": "kiln.ui", "type": "diagnostic",
      "diagnostic": .object(members),
    ]
  }
}
