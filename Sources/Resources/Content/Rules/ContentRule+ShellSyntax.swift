// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static func yaml(_ script: String) -> String {
    "Tasks:\n  - Name: a\n    Action: RunShellCommand\n    Properties:\n      commandContent: |\n"
      + script.split(separator: "\n").map { "        \($0)\n" }.joined()
  }

  /// The rule that a shell judges, where there is one: nothing is found by looking at the text alone.
  public static let shellSyntax = ContentRule(
    "shell-syntax", .error,
    "A script is one that the shell can read; bash -n is asked where bash is installed.",
    costs: "The shell gives up before the script's first or at its last command, and the build fails.",
    wrong: [
      Example("RUN ▸if true; then echo a◂"), Example("RUN make && \\\n  ▸echo (a)◂"),
      Example("RUN a\nRUN ▸echo \"a◂\nRUN b"), Example("RUN ▸for a in b do echo $a; done◂"),
      Example(yaml("set -e\n▸fi◂\nls"), ContentContext(.component(.linux))),
    ],
    right: [
      Example("RUN if true; then echo a; fi"), Example("RUN case $a in (b) c ;; esac"),
      Example(
        yaml("cat <<EOF > /a\n(\nEOF\nif [ {{ a }} = b ]; then\n  c\nfi"),
        ContentContext(.component(.linux))),
      Example(yaml("shopt -s extglob\nrm -f /a/!(b|c)"), ContentContext(.component(.linux))),
      Example(yaml("#!/usr/bin/python3\nprint((1))"), ContentContext(.component(.linux))),
    ])
}
