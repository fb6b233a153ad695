// SPDX-License-Identifier: Apache-2.0

extension DockerfileContent {
  /// Adds for what the service refuses single lines at `place`.
  func addViolations(at place: ContentPlace, to violations: inout [ContentViolation]) {
    var hasFrom = false
    for (index, line) in lines.enumerated() where violations.count < ContentViolation.limit {
      guard let word = line.commandWord else {
        violations.append(line.unknownWord(at: place))
        continue
      }
      if case .component = place, word == .from || word == .component {
        violations.append(line.misplaced(word, at: place))
        continue
      }
      if word == .from {
        if hasFrom {
          violations.append(ContentViolation(.singleFrom, at: place, "FROM stands there already", line.range))
        } else if index > 0 {
          violations.append(
            ContentViolation(.fromFirst, at: place, "FROM may only be the first command", line.range))
        }
        hasFrom = true
      }
      if case .fault(_, let fault) = line.reading {
        violations.append(
          ContentViolation(fault.check(of: word), at: place, fault.message, hint: fault.hint, fault.range))
      }
    }
  }
}

extension DockerfileContent.Line {
  /// The line's command word, where it is one that the form has.
  public var commandWord: CommandWord? {
    switch reading {
    case .command(let command): command.word
    case .fault(let word, _): word
    case .unknown: nil
    }
  }

  fileprivate func misplaced(_ word: CommandWord, at place: ContentPlace) -> ContentViolation {
    word == .from
      ? ContentViolation(
        .noFrom, at: place, "a component can't have FROM",
        hint: "the source image belongs to the pipeline, as baseImage", range)
      : ContentViolation(
        .noComponent, at: place, "a component can't contain components",
        hint: "name both components in the pipeline", range)
  }

  fileprivate func unknownWord(at place: ContentPlace) -> ContentViolation {
    let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
    return ContentViolation(
      .knownCommand, at: place, "the service has no command '\(shown)'", hint: hintForUnknownWord, wordRange)
  }

  private var hintForUnknownWord: String? {
    switch word.uppercased() {
    case "ADD": "fetch a URL with COPY, or unpack an archive in a RUN line"
    case "ARG": "set a variable with ENV, or use the YAML form, which has parameters"
    case "SHELL", "ONBUILD", "HEALTHCHECK", "EXPOSE", "VOLUME", "STOPSIGNAL", "MAINTAINER":
      "take the line away: it says something about containers"
    case "TASKS:", "PARAMETERS:": "the YAML form needs a mapping with the key Tasks"
    default:
      CommandWord.allCases.map(\.rawValue).joined(separator: ", ") + " are known; a line goes on after '\\'"
    }
  }
}

extension ArgumentFault {
  /// The service's rule that the fault breaks.
  fileprivate func check(of word: CommandWord) -> ContentCheck {
    switch kind {
    case .missing: .argument(word)
    case .unwanted: .bareRestart
    case .malformed: .grammar(word)
    case .query: .plainURL
    case .unsupported: .knownCommand
    }
  }
}
