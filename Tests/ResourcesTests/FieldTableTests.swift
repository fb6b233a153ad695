// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import JSONSyntax
import Resources
import Testing

/// The field tables against the list of operations, row by row: two sources that know nothing of each other.
@Suite struct FieldTableTests {
  @Test func everyParameterOfAComponentHasOneRow() throws {
    try expectRows(of: ImageComponent.self, forParametersOf: "CreateImageComponent")
  }

  @Test func everyParameterOfAPipelineHasOneRow() throws {
    try expectRows(of: ImagePipeline.self, forParametersOf: "CreateImagePipeline")
  }

  @Test func everyMemberOfADiskMappingHasOneRow() throws {
    let options = try Operations.shared.parameters(of: "CreateImagePipeline").named("ImportImageOptions")
    let disks = try #require(options?.members.named("DiskDeviceMappings"))
    #expect(rows(of: DiskDeviceMapping.self) == parameters(disks.members))
  }

  @Test func everyComponentFieldComesBackInADescription() throws {
    try expectReplyPaths(of: ImageComponent.self, in: "DescribeImageComponents", "ImageComponent")
  }

  @Test func everyPipelineFieldComesBackInADescription() throws {
    try expectReplyPaths(of: ImagePipeline.self, in: "DescribeImagePipelines", "ImagePipeline")
  }

  @Test func namesInManifestsAreTheParametersOwnInLowerCamelCase() {
    for (name, wire) in names(of: ImageComponent.self) + names(of: ImagePipeline.self)
      + names(of: DiskDeviceMapping.self)
    where !FieldTableTests.otherNames.contains(name) {
      let parts = wire.split(separator: ".").map { $0.prefix(1).lowercased() + $0.dropFirst() }
      #expect(name == parts.joined(separator: "."))
    }
  }

  /// Lists stand in the plural, acronyms in small letters, and `ComponentVersion` is every manifest's `version`.
  private static let otherNames: Set<String> = [
    "version", "tags", "addAccounts", "toRegionIds", "repairItems", "importImageOptions.osType", "ossBucket",
    "ossObject",
  ]

  private func expectRows<Root: FieldTabled>(of root: Root.Type, forParametersOf operation: String) throws {
    let ownerFields: Set = [
      "ClientToken", "RegionId", "OwnerId", "OwnerAccount", "ResourceOwnerId", "ResourceOwnerAccount",
    ]
    let listed = try Operations.shared.parameters(of: operation).filter { !ownerFields.contains($0.name) }
    let rows = rows(of: root), parameters = parameters(listed)
    #expect(Set(rows).subtracting(parameters).isEmpty, "rows that \(operation) does not know")
    #expect(Set(parameters).subtracting(rows).isEmpty, "parameters of \(operation) without a row")
    #expect(rows.count == Set(rows).count, "two rows for one parameter")
    #expect(Set(Root.fields.map(\.name)).count == Root.fields.count, "two rows of one name")
    for field in Root.fields { #expect(field.summary.hasSuffix("."), "\(field.name) is told in a sentence") }
  }

  private func expectReplyPaths<Root: FieldTabled>(
    of root: Root.Type, in operation: String, _ wrapper: String
  ) throws {
    let reply = try Operations.shared.response(of: operation)
    let items = try #require(reply.named(wrapper)?.members.named("\(wrapper)Set")).members
    for field in Root.fields {
      var members = items
      var found: Operations.Parameter?
      for part in field.replyNames {
        found = members.named(part)
        members = found?.members ?? []
      }
      let parameter = try #require(found, "\(operation) has no \(field.replyNames.joined(separator: "."))")
      #expect(parameter.isList == field.isList, "\(field.name)")
      switch (field.shape, field.reply) {
      case (.integers, _):
        // Account ids come as text (reference §2.2).
        #expect(["string", "integer"].contains(parameter.type), "\(field.name)")
      case (.pairs, .pairs(_, _, let key, let value)):
        #expect(members.map(\.name).sorted() == [key, value].sorted(), "\(field.name)")
      case (.disks, _):
        #expect(members.map(\.name).sorted() == DiskDeviceMapping.fields.map(\.wire).sorted())
      default: #expect(parameter.type == field.shape.typeName, "\(field.name)")
      }
    }
  }

  /// `Name: type` for each row, lists marked.
  private func rows<Root: FieldTabled>(of root: Root.Type) -> [String] {
    root.fields.map { "\($0.wire): \($0.shape.typeName)\($0.isList ? " list" : "")" }.sorted()
  }

  /// The same for parameters; objects are told by their members, but for those that are lists.
  private func parameters(_ parameters: [Operations.Parameter], under prefix: String = "") -> [String] {
    parameters.flatMap { parameter -> [String] in
      let name = prefix + parameter.name
      if parameter.type == "object", !parameter.isList {
        return self.parameters(parameter.members, under: name + ".")
      }
      return ["\(name): \(parameter.type)\(parameter.isList ? " list" : "")"]
    }.sorted()
  }

  private func names<Root: FieldTabled>(of root: Root.Type) -> [(name: String, wire: String)] {
    root.fields.map { ($0.name, $0.wire) }
  }
}

/// The list of operations that the tables are held against.
struct Operations {
  /// A parameter, or a member of an answer.
  struct Parameter {
    let name: String
    let type: String
    let isList: Bool
    let members: [Parameter]

    init(_ value: JSONValue) {
      name = value["name"]?.string ?? ""
      type = value["type"]?.string ?? ""
      isList = value["list"]?.bool ?? false
      members = (value["members"]?.array ?? []).map(Parameter.init)
    }
  }

  private let root: JSONValue

  static let shared = Result {
    let path = String(#filePath.dropLast("FieldTableTests.swift".count)) + "Fixtures/operations.json"
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    return Operations(root: try JSONValue(parsing: bytes))
  }

  func parameters(of operation: String) throws -> [Parameter] { try list(operation, "parameters") }
  func response(of operation: String) throws -> [Parameter] { try list(operation, "response") }

  private func list(_ operation: String, _ part: String) throws -> [Parameter] {
    try #require(root[operation]?[part]?.array, "no \(part) of \(operation)").map(Parameter.init)
  }
}

extension Result where Success == Operations {
  func parameters(of operation: String) throws -> [Operations.Parameter] {
    try get().parameters(of: operation)
  }
  func response(of operation: String) throws -> [Operations.Parameter] {
    try get().response(of: operation)
  }
}

extension [Operations.Parameter] {
  func named(_ name: String) -> Operations.Parameter? { first { $0.name == name } }
}

extension FieldShape {
  fileprivate var typeName: String {
    switch self {
    case .text, .texts: "string"
    case .integer, .integers: "integer"
    case .boolean: "boolean"
    case .pairs, .disks: "object"
    }
  }
}

extension Field {
  fileprivate var isList: Bool {
    switch shape {
    case .text, .integer, .boolean: false
    case .texts, .integers, .pairs, .disks: true
    }
  }

  /// Where the field stands in an item, by what the row says.
  fileprivate var replyNames: [String] {
    let parts = wire.split(separator: ".").map(String.init)
    switch reply {
    case .sameName: return parts
    case .list(let wrapper, let element), .pairs(let wrapper, let element, _, _):
      return parts.dropLast() + [wrapper, element]
    }
  }
}
