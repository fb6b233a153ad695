// SPDX-License-Identifier: Apache-2.0

import Resources
import TestSupport
import Testing

/// The tables of Documentation/manifests.md are the field tables.
@Suite(.serialized) struct ReferencePageTests {
  private static let page = "Documentation/manifests.md"

  @Test func componentsAreOnThePage() throws {
    try expectGenerated(table(of: ImageComponent.self), as: "ImageComponent", in: Self.page)
  }

  @Test func pipelinesAreOnThePage() throws {
    try expectGenerated(table(of: ImagePipeline.self), as: "ImagePipeline", in: Self.page)
  }

  @Test func disksAreOnThePage() throws {
    try expectGenerated(table(of: DiskDeviceMapping.self), as: "DiskDeviceMapping", in: Self.page)
  }

  private func table<Root: FieldTabled>(of root: Root.Type) -> String {
    let heading = [
      "| field | type | default | a change | what it is, and its rules |", "| --- | --- | --- | --- | --- |",
    ]
    let rows = Root.fields.map { field in
      let rules = field.checks.map(\.expectation).filter { $0 != "must not be empty" }
      let text = ([field.summary] + rules.map { "It \($0)." }).joined(separator: " ")
      let cells = [
        "`\(field.name)`", field.shape.words, field.defaultValue.map { "`\($0.words)`" } ?? "",
        field.change.words, text.replacing("|", with: "\\|").replacing("*", with: "\\*"),
      ]
      return "| \(cells.joined(separator: " | ")) |"
    }
    return (heading + rows).joined(separator: "\n")
  }
}

extension FieldShape {
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .integer: "number"
    case .boolean: "true or false"
    case .texts: "list of texts"
    case .integers: "list of numbers"
    case .pairs: "mapping of texts"
    case .disks: "list of disks"
    }
  }
}

extension FieldValue {
  fileprivate var words: String {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .boolean(let truth): "\(truth)"
    case .texts, .integers, .pairs, .disks: "\(self)"
    }
  }
}

extension Field.Change {
  fileprivate var words: String {
    switch self {
    case .identifies: "another object"
    case .replaces: "replaces"
    case .updatesInPlace: "in place"
    }
  }
}
