// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static let linux = ContentContext(.component(.linux))

  /// Rules about how a content is written: what the service may read otherwise than its author.
  static let formRules: [ContentRule] = [
    ContentRule(
      "from-ignored", .warning, "The service ignores FROM and goes by BaseImageType and BaseImage.",
      costs:
        "The author believes that the build starts from the image that FROM names; it starts from another.",
      wrong: [Example("▸FROM IMAGE:m-1◂\nRUN a")], right: [Example("RUN a")]
    ) { content in
      guard content.context.place == .build || content.context.place == .test else { return [] }
      return content.commands(.from).prefix(1).map { line in
        Found(message: "the service ignores FROM", hint: "take it away and set baseImage", range: line.range)
      }
    },
    ContentRule(
      "crlf", .warning, "Lines end in LF; the service does not say what it makes of CRLF.",
      costs:
        "A shell takes the carriage return for a part of the last word of each line, so files get odd names and commands are not found.",
      wrong: [
        Example("RUN a▸\r\n◂RUN b\r\n"),
        Example(
          "Tasks:\n  - Name: a\n    Action: RunShellCommand\n    Properties:\n"
            + "      commandContent: \"set -e▸\\r\\n◂ls\\r\\n\"\n", linux),
      ], right: [Example("RUN a\nRUN b\n")]
    ) { content in
      if let index = content.bytes.firstLineEndOfWindows {
        return [
          Found(message: "lines end in CRLF", hint: "save the text with LF", range: index..<index + 2)
        ]
      }
      // In YAML a script's line ends may be written as escapes. PowerShell takes both.
      return content.scripts.filter { !$0.isPowerShell }.compactMap { script in
        script.bytes.firstLineEndOfWindows.map { index in
          Found(
            message: "lines end in CRLF", hint: "save the text with LF",
            range: script.source(index..<index + 2))
        }
      }
    },
    ContentRule(
      "byte-order-mark", .warning, "Texts begin without a byte order mark.",
      costs:
        "Three bytes stand before the first word: a command is not found, and #! in a script is not seen.",
      wrong: [
        Example("▸\u{FEFF}◂RUN a\n"),
        Example(
          "Tasks:\n  - Name: a\n    Action: RunShellCommand\n    Properties:\n"
            + "      commandContent: \"▸\\uFEFF◂#!/bin/sh\\nls\\n\"\n", linux),
      ],
      right: [Example("RUN a\n")]
    ) { content in
      let mark = "\u{FEFF}".utf8
      let places =
        [content.bytes.starts(with: mark) ? 0..<mark.count : nil].compactMap(\.self)
        + content.scripts.filter { $0.bytes.starts(with: mark) }.map { $0.source(0..<mark.count) }
      return places.prefix(1).map { range in
        Found(
          message: "an invisible byte order mark (U+FEFF) stands before the text",
          hint: "save it as UTF-8 without one", range: range)
      }
    },
    ContentRule(
      "comment-line", .note,
      "Comments and blank lines are Docker's; the service does not say that it takes them.",
      costs: "Where the service does not take comments as Docker does, it refuses the whole content.",
      wrong: [Example("▸# web server◂\nRUN a")], right: [Example("RUN a # shell comment")]
    ) { content in
      guard let comments = content.dockerfile?.comments else { return [] }
      return comments.filter { !content.bytes.text($0).contains("kiln:ignore") }.prefix(1).map {
        Found(
          message: "the service does not say that it takes comments", hint: "comment in the manifest instead",
          range: $0)
      }
    },
    ContentRule(
      "blank-after-backslash", .warning, "Nothing follows a backslash that continues a line.",
      costs:
        "Where the service joins lines only at a bare backslash, the rest becomes a line of its own and is refused.",
      wrong: [Example("RUN a \\▸  ◂\n  b")], right: [Example("RUN a \\\n  b")]
    ) { content in
      (content.dockerfile?.blanksAfterBackslash ?? []).map {
        Found(message: "blanks follow the backslash", hint: "take them away", range: $0)
      }
    },
    ContentRule(
      "lower-case-command", .warning,
      "Command words are in capitals, as all of the service's pages have them.",
      costs: "Where the service is strict about the case of command words, it refuses the content.",
      wrong: [Example("▸run◂ a")], right: [Example("RUN a")]
    ) { content in
      (content.dockerfile?.lines ?? []).compactMap { line in
        guard let word = line.commandWord, line.word != word.rawValue else { return nil }
        return Found(
          message: "'\(line.word)' is not in capitals", hint: "write \(word.rawValue)", range: line.wordRange)
      }
    },
    ContentRule(
      "unquoted-value", .warning, "Values of name=value pairs stand in double quotes.",
      costs:
        "The service's page shows values in double quotes only; without them it may refuse the content or cut the value.",
      wrong: [Example("ENV ▸A=b◂"), Example("LABEL ▸team='web'◂")],
      right: [Example("ENV A=\"b\" C=\"\"\nENV D e"), Example("LABEL team=\"web\"")]
    ) { content in
      content.commands(.env, .label).compactMap { line in
        switch line.command {
        case .env(let pairs), .label(let pairs):
          guard let pair = pairs.first(where: { !$0.written.hasPrefix("\"") }),
            let place = line.place(of: "=" + pair.written)
          else { return nil }
          let start = max(place.lowerBound - pair.name.utf8.count, line.argumentRange.lowerBound)
          return Found(
            message: "the value of \(pair.name) is not in double quotes", hint: "write \(pair.name)=\"…\"",
            range: start..<place.upperBound)
        default: return nil
        }
      }
    },
    ContentRule(
      "run-list", .warning, "RUN takes a line for the shell; the list form of Docker is not the service's.",
      costs: "The shell looks for a program called '[', and the build fails after the instance was paid for.",
      wrong: [Example("RUN ▸[\"make\", \"all\"]◂")],
      right: [Example("RUN make all"), Example("RUN [ -e /a ] || make")]
    ) { content in
      content.commands(.run).compactMap { line in
        let bytes = Array(line.argument.utf8)
        var reader = StringListReader(bytes: bytes, range: 0..<bytes.count)
        guard bytes.first == Byte.openBracket, reader.read() != nil else { return nil }
        return Found(
          message: "the shell would be asked to run '['", hint: "write the command as a line",
          range: line.argumentRange)
      }
    },
    ContentRule(
      "unknown-key", .warning, "The YAML form has no other keys than those of the service's page.",
      costs: "A key that the service does not know is refused or, worse, passed over in silence.",
      wrong: [
        Example("▸Version◂: 1\nTasks:\n  - {Name: a, Action: Reboot}\n", linux),
        Example("Tasks:\n  - {Name: a, Action: Reboot, Properties: {▸forceStops◂: true}}\n", linux),
      ],
      right: [Example("Tasks:\n  - {Name: a, Action: Reboot, Properties: {forceStop: true}}\n", linux)]
    ) { content in
      let known =
        TaskAction.all.flatMap { $0.properties.map(\.name) } + [
          "Parameters", "Tasks", "Name", "Action", "Properties", "Type", "DefaultValue",
        ]
      return (content.yaml?.unknownKeys ?? []).prefix(ContentViolation.limit).map { key in
        let nearest = key.text.nearest(among: known).map { "did you mean \($0)?" }
        return Found(
          message: "the service's page has no key '\(key.text)' here", hint: nearest ?? "take it away",
          range: key.range)
      }
    },
    ContentRule(
      "task-name", .warning,
      "Names of tasks and parameters are different, and made of letters, digits and '_'.",
      costs:
        "Outputs are found by a task's name: with two of a name, or one that can't be written, a later task gets the wrong text.",
      wrong: [
        Example("Tasks:\n  - {Name: a, Action: Reboot}\n  - {Name: ▸a◂, Action: Reboot}\n", linux),
        Example("Tasks:\n  - {Name: ▸first step◂, Action: Reboot}\n", linux),
      ],
      right: [Example("Tasks:\n  - {Name: a_1, Action: Reboot}\n  - {Name: b, Action: Reboot}\n", linux)]
    ) { content in
      guard let yaml = content.yaml else { return [] }
      var seen = Set<String>()
      return yaml.tasks.compactMap(\.name).compactMap { name in
        guard seen.insert(name.text).inserted else {
          return Found(
            message: "another task is called '\(name.text)'", hint: "choose another name", range: name.range)
        }
        return name.oddity
      } + yaml.parameters.map(\.name).compactMap(\.oddity)
    },
  ]
}

extension [UInt8] {
  /// Where the first CRLF stands.
  fileprivate var firstLineEndOfWindows: Int? {
    indices.dropLast().first { self[$0] == Byte.carriageReturn && self[$0 + 1] == Byte.newline }
  }
}

extension YAMLContent.Located {
  /// What is found where the name is not a plain one.
  fileprivate var oddity: ContentRule.Found? {
    let isPlain = text.utf8.allSatisfy(\.isWordByte) && text.utf8.first.map(\.isLetter) == true
    return isPlain
      ? nil
      : ContentRule.Found(
        message: "the service does not say that '\(text)' can be a name",
        hint: "use letters, digits and '_', a letter first", range: range)
  }
}

extension LintedContent {
  /// The sound lines with one of `words`.
  func commands(_ words: CommandWord...) -> [DockerfileContent.Line] {
    (dockerfile?.lines ?? []).filter { line in line.command.map { words.contains($0.word) } ?? false }
  }
}

extension DockerfileContent.Line {
  /// Where `text` first stands in the argument, as a stretch of the content.
  func place(of text: String) -> Range<Int>? {
    let (bytes, wanted) = (Array(argument.utf8), Array(text.utf8))
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    for index in 0...(bytes.count - wanted.count)
    where bytes[index] == first && bytes[index..<index + wanted.count].elementsEqual(wanted) {
      return source(of: index..<index + wanted.count)
    }
    return nil
  }
}
