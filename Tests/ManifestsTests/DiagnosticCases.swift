// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ManifestSyntax
import Manifests
import Resources
import TestSupport
import Testing

/// What is said about a folder of manifests, and what it asks for where nothing is wrong.
///
/// Each folder of `Tests/Cases/diagnostics` is a case: `manifests/`, perhaps `arguments.txt`, and `expected.txt`, which
/// `KILN_RECORD=1` writes anew. Adding a case is adding a folder.
@Suite struct DiagnosticCases {
  @Test(arguments: DiagnosticCase.all)
  func tellsWhatIsExpected(_ example: DiagnosticCase) async throws {
    try expectGolden(try await example.outcome(), at: example.path + "/expected.txt")
  }

  @Test func thereAreCases() {
    #expect(DiagnosticCase.all.count > 40)
  }
}

/// A folder of `Tests/Cases/diagnostics`.
struct DiagnosticCase: CustomTestStringConvertible, Sendable {
  let name: String
  let path: String

  var testDescription: String { name }

  static let all: [DiagnosticCase] = {
    let root = #filePath.split(separator: "/Tests/ManifestsTests/")[0] + "/Tests/Cases/diagnostics"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: String(root))) ?? []
    return names.sorted().map { DiagnosticCase(name: $0, path: "\(root)/\($0)") }
  }()

  func outcome() async throws -> String {
    let files = try files()
    let folder = ProjectFolder(
      path: "manifests",
      list: { files.keys.filter { name in [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) } },
      read: { name in
        guard let bytes = files[name] else { throw FileMissing(path: name) }
        return bytes
      },
      contains: { !$0.contains("link") })
    var (target, inputs) = (String?.none, VariableInputs())
    try read(arguments(), target: &target, inputs: &inputs)
    var problems = Problems()
    let project = await Project.load(
      folder, target: target, variables: inputs, linting: Linting(.everything), into: &problems)
    let sources = Dictionary(
      uniqueKeysWithValues: files.map { ("manifests/\($0.key)", $0.value) }
        + inputs.files.map { ($0.path, $0.bytes) })
    let told = problems.sorted.map { diagnostic in
      diagnostic.rendered(
        source: { path in sources[path].map { SourceFile(path: path, bytes: $0) } }, colour: false)
    }
    let asked = problems.hasErrors ? [] : [project?.desired.outline ?? "nothing"]
    return (told + asked).joined(separator: "\n\n") + "\n"
  }

  private func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var folders = [""]
    while let folder = folders.popLast() {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(path)/manifests/\(folder)") {
        let relative = folder.isEmpty ? name : "\(folder)/\(name)"
        var isFolder = false
        _ = FileManager.default.fileExists(atPath: "\(path)/manifests/\(relative)", isDirectory: &isFolder)
        if isFolder {
          folders.append(relative)
        } else {
          files[relative] = [UInt8](try Data(contentsOf: URL(filePath: "\(path)/manifests/\(relative)")))
        }
      }
    }
    return files
  }

  private func arguments() -> [Substring] {
    let text = try? String(contentsOf: URL(filePath: "\(path)/arguments.txt"), encoding: .utf8)
    return (text ?? "").split(separator: "\n")
  }

  /// Each line is a flag with its value, or an environment variable.
  private func read(_ lines: [Substring], target: inout String?, inputs: inout VariableInputs) throws {
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 1)
      if line.hasPrefix("KILN_VAR_"), let cut = line.firstIndex(of: "=") {
        inputs.environment[String(line[..<cut].dropFirst("KILN_VAR_".count))] = String(
          line[cut...].dropFirst())
      } else if words[0] == "--target" {
        target = String(words[1])
      } else if words[0] == "--var", let cut = words[1].firstIndex(of: "=") {
        inputs.flags[String(words[1][..<cut])] = String(words[1][cut...].dropFirst())
      } else if words[0] == "--var-file" {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\(words[1])")))
        inputs.files.append(SourceFile(path: String(words[1]), bytes: bytes))
      } else {
        Issue.record("\(name)/arguments.txt has an unknown line: \(line)")
      }
    }
  }
}

extension DesiredState {
  /// What is asked for, wherever it is written.
  var outline: String {
    var lines = ["stack \(stack.tagValue)" + (prunes ? "" : ", nothing pruned")]
    for component in components {
      lines.append("component/\(component.name)@\(component.versionRule)\(component.lifecycle.outline)")
      lines += component.resource.outline(sensitive: component.provenance.sensitive)
    }
    for pipeline in pipelines {
      let version = pipeline.version.map { " version \($0)" } ?? ""
      lines.append("\(pipeline.address)\(version)\(pipeline.lifecycle.outline)")
      lines += pipeline.resource.outline(sensitive: pipeline.provenance.sensitive)
      for (name, composition) in [("build", pipeline.build), ("test", pipeline.test)] {
        guard let composition else { continue }
        let isSensitive = pipeline.provenance.sensitive.contains("\(name)Content")
        lines.append("  \(name)\(isSensitive ? " (sensitive)" : ""):")
        lines += composition.rendered { "<\($0)>" }.split(separator: "\n").map { "    \($0)" }
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Lifecycle {
  fileprivate var outline: String {
    (isProtected ? " protected" : "") + (retain > 0 ? " retain \(retain)" : "")
  }
}

extension FieldTabled {
  fileprivate func outline(sensitive: Set<String>) -> [String] {
    Self.fields.compactMap { field in
      guard let value = field.read(self) else { return nil }
      let text = value.outline
      return "  \(field.name) = \(text)\(sensitive.contains(field.name) ? " (sensitive)" : "")"
    }
  }
}

extension FieldValue {
  fileprivate var outline: String {
    switch self {
    case .text(let text): text.debugDescription
    case .integer(let number): "\(number)"
    case .boolean(let truth): "\(truth)"
    case .texts(let texts): "\(texts)"
    case .integers(let numbers): "\(numbers)"
    case .pairs(let pairs):
      "{" + pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    case .disks(let disks): "\(disks.count) disks"
    }
  }
}
