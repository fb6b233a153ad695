// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Scripts with several lines become one command.
///
/// That the same script runs was also checked with bash, which printed the same commands before and after for 2,500
/// scripts and parts of scripts of a Debian system.
struct ScriptJoinerTests {
  static let joined: [(script: String, line: String)] = [
    ("a\nb", "a; b"), ("set -e\n\n# why\na  # because\nb\n", "set -e; a  ; b"),
    ("a &&\nb ||\nc |\nd", "a && b || c | d"),
    ("a \\\n  b", "a   b"), ("a \\\n# no\nb", "a ; b"), ("a \\\n\nb", "a ; b"), ("a\\\nb", "ab"),
    ("a;\nb &\nc", "a; b & c"), ("if a\nthen\n  b\nelse\n  c\nfi\nd", "if a; then   b; else   c; fi; d"),
    ("for x in a b\ndo\n  echo $x\ndone\nb", "for x in a b; do   echo $x; done; b"),
    ("for x\ndo a\ndone", "for x do a; done"),
    ("while a; do\n  b\ndone < f\nc", "while a; do   b; done < f; c"), ("{\n  a\n}\nb", "{   a; }; b"),
    ("(\n  a\n)\nb", "(   a; ); b"), ("f() {\n  a\n}\nf", "f() {   a; }; f"),
    ("f ()\n{\n  a\n}", "f () {   a; }"),
    ("function f {\n  a\n}", "function f {   a; }"),
    (
      "case $x in\n  a|b)\n    c\n    ;;\n  (*) d;;\nesac\ne",
      "case $x in   a|b)     c;     ;;   (*) d;; esac; e"
    ),
    ("case $x\nin a) b\nesac", "case $x in a) b; esac"), ("x=$(\n  a\n  b\n)\nc", "x=$(   a;   b; ); c"),
    ("echo \"$(a\nb)\" 'c; # d'\ne", "echo \"$(a; b)\" 'c; # d'; e"), ("echo then\nls", "echo then; ls"),
    ("echo do \\\n  fi\nls", "echo do   fi; ls"), ("a 2>&1\nb &> c\nd", "a 2>&1; b &> c; d"),
    ("a\\ \nb", "a\\ ; b"),
    ("echo $((1 + 2)) $# ${#x} ${x#'}'}\nb", "echo $((1 + 2)) $# ${#x} ${x#'}'}; b"),
    ("a <<< b\nc", "a <<< b; c"),
    ("[[ $a == b* && ( -f c ) ]]\nd", "[[ $a == b* && ( -f c ) ]]; d"), ("a=(1 2)\nb", "a=(1 2); b"),
    ("a\r\nb\r\n", "a; b"), ("! a\nb", "! a; b"), ("echo \"a \\\nb\"\nc", "echo \"a b\"; c"),
    ("a\n\n\n\nb", "a; b"),
    ("echo \\\\\nb", "echo \\\\; b"), ("\n\n  a\n  b", "a;   b"), ("echo 'it''s'\nb", "echo 'it''s'; b"),
    ("diff <(a) <(b)\nc", "diff <(a) <(b); c"), ("a #", "a #"),
    ("until a\ndo b\ndone", "until a; do b; done"),
  ]

  static let refused = [
    "cat <<EOF\na\nEOF", "echo 'a\nb'", "echo \"a\nb\"", "echo `a\nb`", "a=(1\n2)", "echo $((1 +\n2))",
    "echo ${a:-b\nc}",
    "alias a=b\na", "shopt -s extglob\nrm !(a)", "a\n(b", "a\nb)", "a\necho 'b", "a\nb \\", "[[ a &&\nb ]]",
    "# a\n# b",
    "a\nb\\ ", "--a\nb", "a\nb\0c",
  ]

  @Test(arguments: joined) func linesAreJoined(_ script: String, _ line: String) throws {
    guard case .command(let text) = try BuildStep.run(script).rendered() else {
      Issue.record("not a command")
      return
    }
    let read = DockerfileContent(text)
    #expect(read.lines.map(\.command) == [.run(line)])
    #expect(ContentText(text).violations(at: .build) == [])
  }

  @Test(arguments: refused) func whatCannotBeJoinedIsRefused(_ script: String) {
    #expect(throws: StepFault.self) { try BuildStep.run(script).rendered() }
  }

  @Test func thePlaceIsTold() {
    let fault = #expect(throws: StepFault.self) { try BuildStep.run("a\necho 'b\nc'").rendered() }
    #expect(fault?.scriptOffset == 7)
  }

  @Test func theLinesStayReadable() throws {
    let piece = try BuildStep.run("set -e\nif a; then\n  # why\n  b\nfi\n").rendered()
    #expect(piece == .command("RUN set -e; \\\nif a; then \\\n  b; \\\nfi"))
  }

  /// Whatever comes in, something comes out, and it is one command.
  @Test(arguments: 0..<300) func anyScriptIsCarriedOrRefused(_ seed: UInt64) {
    var random = Seeded(seed)
    let pieces = [
      "a", " ", "\n", "\\", "\\\n", "'", "\"", "`", "$(", "${", "$((", ")", "}", "(", "{ ", ";", "&", "|",
      "<<", ">", "#", "case ",
      " in\n", "esac", "if ", "then\n", "fi", "for ", "do ", "done", "[[ ", " ]]", "=", "\t", "é", "f() ",
      "alias ", "!",
    ]
    let script = (0..<random.number(below: 30)).map { _ in random.pick(pieces) }.joined()
    guard case .command(let text)? = try? BuildStep.run(script).rendered() else { return }
    #expect(DockerfileContent(text).lines.count == 1)
    #expect(ContentText(text).violations(at: .build) == [])
  }
}
