// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Resources
import TestSupport
import Testing

/// What becomes of Dockerfiles.
///
/// Each folder of `Tests/Cases/dockerfiles` is a case: `Dockerfile` and `component.txt`, the content with what is told.
struct DockerfileImportTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let path: String
    let text: String

    var testDescription: String { path.split(separator: "/").last.map(String.init) ?? path }

    static let all: [Case] = {
      let root = packageRoot() + "/Tests/Cases/dockerfiles"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
      return names.sorted().compactMap { name in
        (try? Data(contentsOf: URL(filePath: "\(root)/\(name)/Dockerfile"))).map {
          Case(path: "\(root)/\(name)", text: String(decoding: $0, as: UTF8.self))
        }
      }
    }()
  }

  @Test(arguments: Case.all)
  func comesToWhatIsRecorded(_ example: Case) throws {
    let result = DockerfileImport(example.text)
    let told = result.remarks.map { remark in
      "\(remark.line): \(remark.isMapped ? "changed" : "left out"): \(remark.message)"
        + (remark.hint.map { "\n    \($0)" } ?? "") + "\n"
    }
    try expectGolden(
      "from \(result.baseImage ?? "nothing")\n\n\(result.content)\n\(told.joined())",
      at: example.path + "/component.txt")
  }

  @Test(arguments: Case.all)
  func theServiceTakesWhatIsCarriedOver(_ example: Case) {
    let content = DockerfileImport(example.text).content
    if content.isEmpty { return }
    let violations = ContentText(content).violations(at: .component(.linux))
    #expect(violations.isEmpty, "\(violations)")
  }

  @Test(arguments: Case.all)
  func noInstructionIsLostInSilence(_ example: Case) {
    let result = DockerfileImport(example.text)
    let told = Set(result.remarks.map(\.line))
    var isText = false
    for (index, line) in example.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if line == "EOT" {
        isText = false
        continue
      }
      defer { if line.contains("<<") { isText = true } }
      let word = line.prefix { !$0.isWhitespace }
      guard !isText, !word.isEmpty, word != "#", !told.contains(index + 1) else { continue }
      // What is told nowhere stands in the content, or belongs to a stage that is told.
      let rest = line.dropFirst(word.count).filter { !"\"\\=` ".contains($0) }
      let isCarried = result.content.filter { !"\"\\=` ".contains($0) }.contains(rest)
      // How they are changed is told where the shell is named.
      let isForShell =
        word == "RUN" && result.remarks.contains { $0.line <= index && $0.message.hasPrefix("SHELL") }
      let isOfStage = result.remarks.contains { $0.line <= index && $0.message.hasPrefix("the stage") }
      #expect(isCarried || isOfStage || isForShell, "line \(index + 1): \(line)\n\(result.content)")
    }
  }

  @Test(arguments: SplitMix64.seeds(300))
  func anyTextIsRead(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces = [
      "FROM ", "RUN ", "COPY ", "ADD ", "ENV ", "ARG ", "SHELL ", "CMD ", "ENTRYPOINT ", "USER ", "LABEL ",
      "\n", "\n", " \\\n",
      "<<EOF", "\nEOF\n", "[\"a\"", "]", "=", "\"", "'", "$x", "--from=a ", "https://a/b ", "/c/", "as b",
      "#", "é", "\t", ":", "",
    ]
    let text = (0..<Int.random(in: 0..<60, using: &random)).map { _ in random.pick(pieces) }.joined()
    let content = DockerfileImport(text).content
    if content.isEmpty { return }
    let violations = ContentText(content).violations(at: .component(.linux)).filter {
      $0.check != .commandCount
    }
    #expect(violations.isEmpty, "seed \(seed)\n\(text)\n----\n\(content)\n\(violations)")
  }
}
