// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ManifestSyntax
import Manifests
import TestSupport
import Testing

/// What becomes of files of manifests that people write.
///
/// Each folder of `Tests/Cases/format` is a case: `before.yaml` and `after.yaml`, which `KILN_RECORD=1` writes anew.
struct FormatCases {
  @Test(arguments: FormatCase.all)
  func comesToWhatIsRecorded(_ example: FormatCase) throws {
    let formatted = try #require(format(example.before))
    try expectGolden(formatted, at: example.path + "/after.yaml")
    #expect(format(formatted) == formatted, "what is formatted stays")
  }

  @Test func thereAreCases() {
    #expect(FormatCase.all.count >= 10)
  }

  @Test func lineEndsOfWindowsAndByteOrderMarksGo() throws {
    let windows =
      "\u{FEFF}apiVersion: kiln.imagebuilder/v1alpha1\r\nkind: Stack\r\nmetadata:\r\n  name: a # x\r\n"
    let formatted = try #require(format(windows))
    #expect(
      formatted
        == "apiVersion: kiln.imagebuilder/v1alpha1\nkind: Stack\nmetadata:\n  name: a # x\n")
  }

  @Test(arguments: [
    "kind: [", "apiVersion: kiln.imagebuilder/v1alpha1\nkind: Stack\nkind: Stack\n", "a: !unknown b", "a: *b",
  ])
  func aFileWithAMistakeIsToldAndLeft(_ text: String) {
    var problems = Problems()
    #expect(formattedManifests(SourceFile(path: "a.yaml", text: text), into: &problems) == nil)
    #expect(problems.hasErrors)
  }

  @Test(arguments: ["! : !", "!!str : a", "&a : b", "a: !", "a: &x", "! a: b", "&s::"])
  func keysAndValuesOfNothingButATagStay(_ line: String) {
    let text = "apiVersion: kiln.imagebuilder/v1alpha1\nkind: Stack\n\(line)\n"
    #expect(format(text) == text)
  }

  @Test(arguments: ["", "\n\n", "# nothing\n", "a:   1\n", "---\nkind:   List\n...\n", "- 1\n-   2"])
  func whatIsNotOursStays(_ text: String) {
    #expect(format(text) == text)
  }
}

/// `text` in its canonical form, if it has one.
func format(_ text: String) -> String? {
  var problems = Problems()
  return formattedManifests(SourceFile(path: "a.yaml", text: text), into: &problems)
    .map { String(decoding: $0, as: UTF8.self) }
}

/// A folder of `Tests/Cases/format`.
struct FormatCase: CustomTestStringConvertible, Sendable {
  let path: String
  let before: String

  var testDescription: String { path.split(separator: "/").last.map(String.init) ?? path }

  static let all: [FormatCase] = {
    let root = packageRoot() + "/Tests/Cases/format"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().compactMap { name in
      let path = "\(root)/\(name)"
      return (try? Data(contentsOf: URL(filePath: "\(path)/before.yaml"))).map {
        FormatCase(path: path, before: String(decoding: $0, as: UTF8.self))
      }
    }
  }()
}
