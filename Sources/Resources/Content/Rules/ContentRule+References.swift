// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static let linux = ContentContext(.component(.linux))

  private static func tasks(_ first: String, _ second: String = "ls", parameters: String = "") -> String {
    parameters + "Tasks:\n"
      + [("a", first), ("b", second)].map { name, script in
        "  - Name: \(name)\n    Action: RunShellCommand\n    Properties:\n      commandContent: \(script)\n"
      }.joined()
  }

  private static let port = "Parameters:\n  port: {Type: Number, DefaultValue: 80}\n"

  /// Rules about parameters and outputs.
  static let referenceRules: [ContentRule] = [
    ContentRule(
      "output-before-task", .error, "The output of a task is used by later tasks only.",
      costs: "The text is left as it is written, or is empty, and the build fails or makes a broken image.",
      wrong: [
        Example(tasks("echo ▸{{ b.stdout }}◂"), linux), Example(tasks("echo ▸{{ a.stdout }}◂"), linux),
        Example(tasks("echo ▸{{ c.stdout }}◂"), linux), Example(tasks("ls", "echo ▸{{ a.stderr }}◂"), linux),
        Example(
          "Tasks:\n  - {Name: a, Action: Reboot}\n  - Name: b\n    Action: RunShellCommand\n    Properties:\n"
            + "      commandContent: echo ▸{{ a.stdout }}◂\n", linux),
      ],
      right: [
        Example(tasks("ls", "echo {{ a.stdout }}"), linux),
        Example(tasks("docker ps --format '{{.Names}}'"), linux),
        Example(tasks("echo '{{ item.name }}' > /opt/page.j2"), linux),
      ]
    ) { content in
      var outputs: [String: [String]] = [:]
      var found: [Found] = []
      let names = Set((content.yaml?.tasks ?? []).compactMap(\.name?.text))
      for task in content.yaml?.tasks ?? [] {
        for reference in task.properties.flatMap(\.references) {
          guard case .output(let source, let output) = reference.target else { continue }
          let known = outputs[source]
          guard known?.contains(output) != true else { continue }
          // Other programs have templates too: what names neither a task nor an output is most likely theirs.
          guard names.contains(source) || output == "stdout" else { continue }
          let (message, hint) =
            if known != nil {
              ("task '\(source)' has no output '\(output)'", "RunShellCommand and its like have stdout")
            } else if names.contains(source) {
              (
                "task '\(source)' has not run when '\(task.name?.text ?? "this one")' does",
                "move task '\(source)' before it"
              )
            } else {
              ("no task is called '\(source)'", "name an earlier task")
            }
          found.append(Found(message: message, hint: hint, range: reference.byteRange))
        }
        if let name = task.name?.text { outputs[name] = task.knownAction?.outputs ?? [] }
      }
      return found
    },
    ContentRule(
      "undeclared-parameter", .warning, "What stands in {{ }} is a declared parameter.",
      costs: "The text is left as it is written, and the script gets braces where it expects a value.",
      wrong: [Example(tasks("echo ▸{{ prot }}◂ {{ port }}", parameters: port), linux)],
      right: [
        Example(tasks("echo {{ port }}", parameters: port), linux),
        Example(tasks("docker ps --format '{{range .Ports}}{{.}}{{end}}'"), linux),
      ]
    ) { content in
      let names = (content.yaml?.parameters ?? []).map(\.name.text)
      return (content.yaml?.references ?? []).compactMap { reference in
        // What other programs end the blocks of their templates with is no name.
        guard case .parameter(let name) = reference.target, !names.contains(name), name != "end",
          name != "else"
        else { return nil }
        let nearest = name.nearest(among: names).map { "did you mean \($0)?" }
        return Found(
          message: "no parameter is called '\(name)'", hint: nearest ?? "declare it under Parameters",
          range: reference.byteRange)
      }
    },
    ContentRule(
      "unused-parameter", .warning, "A parameter that is declared is used.",
      costs: "Who builds with the component gives a value that changes nothing.",
      wrong: [Example(tasks("ls", parameters: port.replacing("port", with: "▸port◂")), linux)],
      right: [Example(tasks("ls", "echo {{port}}", parameters: port), linux)]
    ) { content in
      let used = Set(
        (content.yaml?.references ?? []).compactMap { reference in
          if case .parameter(let name) = reference.target { name } else { nil }
        })
      return (content.yaml?.parameters ?? []).filter { !used.contains($0.name.text) }.map { parameter in
        Found(
          message: "no task uses the parameter '\(parameter.name.text)'",
          hint: "take it away, or use it in a property",
          range: parameter.name.range)
      }
    },
    ContentRule(
      "unquoted-reference", .warning,
      "A value that begins with {{ stands in quotes, or it is a mapping to most YAML parsers.",
      costs: "A YAML parser takes the braces for mappings: the service may refuse the content.",
      wrong: [Example(tasks("ls", "▸{{ a.stdout }}◂"), linux)],
      right: [
        Example(tasks("ls", "\"{{ a.stdout }}\""), linux), Example(tasks("ls", "echo {{ a.stdout }}"), linux),
      ]
    ) { content in
      (content.yaml?.tasks ?? []).flatMap(\.properties).compactMap { property in
        guard property.isPlain, property.references.first?.byteRange.lowerBound == property.range.lowerBound
        else {
          return nil
        }
        return Found(
          message: "the value begins with {{", hint: "put it in double quotes", range: property.range)
      }
    },
  ]
}

extension YAMLContent {
  /// All references, in the order of the text.
  public var references: [ContentReference] { tasks.flatMap(\.properties).flatMap(\.references) }
}
