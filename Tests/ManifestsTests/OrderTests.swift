// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import ManifestSyntax
import Manifests
import Resources
import TestSupport
import Testing

/// The order in which things are written says nothing.
@Suite struct OrderTests {
  @Test(arguments: SplitMix64.seeds(60))
  func orderOfFilesDocumentsAndKeysChangesNothing(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let manifests = RandomManifests(using: &random)
    let first = try await desired(manifests.files(using: &random))
    for _ in 0..<3 {
      let again = try await desired(manifests.files(using: &random))
      #expect(again.outline == first.outline)
      #expect(again.components.map(\.digest) == first.components.map(\.digest))
    }
  }

  @Test(arguments: SplitMix64.seeds(30))
  func mistakesAreToldInWhateverOrder(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    var manifests = RandomManifests(using: &random)
    manifests.addMistakes()
    let told = await problems(manifests.files(using: &random))
    let expected = await problems(manifests.files(using: &random))
    #expect(told.map(\.message).sorted() == expected.map(\.message).sorted())
    #expect(told.count == 5)
  }

  private func desired(_ files: [String: String]) async throws -> DesiredState {
    var problems = Problems()
    let folder = ProjectFolder(path: "m", files: files)
    let project = await Project.load(folder, target: nil, into: &problems)
    #expect(problems.diagnostics.isEmpty, "\(problems.diagnostics.map(\.message))")
    return try #require(project).desired
  }

  private func problems(_ files: [String: String]) async -> [Diagnostic] {
    var problems = Problems()
    _ = await Project.load(ProjectFolder(path: "m", files: files), target: nil, into: &problems)
    return problems.sorted
  }
}

/// A stack with components and pipelines, to be written in any order.
private struct RandomManifests {
  private var documents: [JSONValue] = []

  init(using random: inout SplitMix64) {
    documents.append(
      .document(
        "Stack", "golden",
        [
          "id": "gi-1",
          "targets": [["name": "local", "region": "cn-hangzhou"]],
          "variables": ["size": 60],
        ]))
    let components = Int.random(in: 1...6, using: &random)
    for index in 0..<components {
      var component = ImageComponent.randomValid(using: &random)
      component.componentType = nil
      component.systemType = nil
      component.content = "RUN \(index)"
      component.name = nil
      component.componentVersion = random.chance(30) ? nil : "1.\(index).0"
      documents.append(.document("ImageComponent", "component-\(index)", component.manifestJSON()))
    }
    for index in 0..<Int.random(in: 0...5, using: &random) {
      var pipeline = ImagePipeline.randomValid(using: &random)
      pipeline.buildContent = nil
      pipeline.testContent = random.chance(50) ? "RUN true\nRESTART" : nil
      pipeline.name = nil
      // The components are for Linux.
      if pipeline.importImageOptions.osType != nil { pipeline.importImageOptions.osType = "linux" }
      var spec = pipeline.manifestJSON()
      spec["build"] = .array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          ["component": .string("component-\(Int.random(in: 0..<components, using: &random))")]
        })
      spec["systemDiskSize"] = ["fromVar": "size"]
      documents.append(.document("ImagePipeline", "pipeline-\(index)", spec))
    }
  }

  /// Adds five, none of which follows from another.
  mutating func addMistakes() {
    let image: [String: JSONValue] = ["baseImageType": "IMAGE", "baseImage": "m-1"]
    documents.append(.document("ImageComponent", "typo", ["content": "RUN true", "descripton": "x"]))
    documents.append(.document("ImageComponent", "type", ["content": "RUN true", "tags": "x"]))
    documents.append(
      .document("ImagePipeline", "dangling", image.merging(["build": [["component": "nothing"]]]) { $1 }))
    documents.append(.document("ImagePipeline", "rule", image.merging(["systemDiskSize": 1]) { $1 }))
    documents.append(
      .document("ImagePipeline", "variable", image.merging(["description": ["fromVar": "nothing"]]) { $1 }))
  }

  /// The documents, dealt out to files, everything in an order of its own.
  func files(using random: inout SplitMix64) -> [String: String] {
    let names = (0..<Int.random(in: 1...4, using: &random)).map { _ in "\(random.next()).yaml" }
    var files: [String: [String]] = [:]
    for document in documents.shuffled(using: &random) {
      files[random.pick(names), default: []].append(document.shuffledText(using: &random))
    }
    return files.mapValues { $0.joined(separator: "\n---\n") }
  }
}

extension JSONValue {
  fileprivate static func document(
    _ kind: String, _ name: String, _ spec: [String: JSONValue]
  ) -> JSONValue {
    [
      "apiVersion": "kiln.imagebuilder/v1alpha1", "kind": .string(kind), "metadata": ["name": .string(name)],
      "spec": .object(spec),
    ]
  }

  /// The value as text, the members of each object in any order.
  fileprivate func shuffledText(using random: inout SplitMix64) -> String {
    switch self {
    case .array(let elements):
      return "[" + elements.map { $0.shuffledText(using: &random) }.joined(separator: ", ") + "]"
    case .object(let members):
      let shuffled = members.sorted { $0.key < $1.key }.shuffled(using: &random)
      return "{"
        + shuffled.map { "\(JSONValue.string($0.key).text): \($0.value.shuffledText(using: &random))" }
        .joined(separator: ", ") + "}"
    case .null, .bool, .integer, .decimal, .string: return text
    }
  }
}
