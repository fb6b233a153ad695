// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Manifests
import Resources
import Testing

/// What `kiln schema` says; whether it is right about manifests, an independent validator tests in Tests/Conformance.
struct SchemaTests {
  @Test func everyFieldStandsInItWithItsSummaryAndDefault() throws {
    try expectFields(of: ImageComponent.self, in: "ImageComponent")
    try expectFields(of: ImagePipeline.self, in: "ImagePipeline")
  }

  private func expectFields<Root: FieldTabled>(of root: Root.Type, in kind: String) throws {
    let schema = try #require(ManifestSchema.schema(of: kind))
    for field in root.fields {
      var place = schema["properties"]?["spec"]?["else"]
      for part in field.name.split(separator: ".") {
        place = place?["properties"]?[String(part)]
        if place?["else"]?["properties"] != nil { place = place?["else"] }
      }
      #expect(place?["description"]?.string == field.summary, "\(kind): \(field.name)")
      switch field.defaultValue {
      case .text(let text): #expect(place?["default"] == .string(text))
      case .integer(let number): #expect(place?["default"] == .integer(number))
      case .boolean(let truth): #expect(place?["default"] == .bool(truth))
      default: #expect(place?["default"] == nil)
      }
    }
  }

  @Test func everyKindHasOne() {
    for kind in ManifestSchema.kinds {
      #expect(ManifestSchema.schema(of: kind)?["$schema"] == "http://json-schema.org/draft-07/schema#")
      #expect(ManifestSchema.schema(of: nil)?["definitions"]?[kind] != nil)
    }
    #expect(ManifestSchema.schema(of: "Deployment") == nil)
  }

  @Test func rulesOfTheServiceAreInIt() {
    let spec = ManifestSchema.schema(of: "ImagePipeline")?["properties"]?["spec"]?["else"]?["properties"]
    let size = spec?["systemDiskSize"]?["else"]
    #expect(size?["minimum"] == 20)
    #expect(size?["maximum"] == 500)
    #expect(spec?["baseImageType"]?["else"]?["enum"] == ["IMAGE", "IMAGE_FAMILY", "OSS", nil])
    #expect(spec?["toRegionIds"]?["else"]?["maxItems"] == 20)
  }
}
