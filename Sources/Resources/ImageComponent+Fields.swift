// SPDX-License-Identifier: Apache-2.0

extension ImageComponent {
  /// The table's rows by name.
  public static let names = FieldNames(of: fields)

  /// The parameters of CreateImageComponent, but for region and client token.
  public static let fields: [Field<ImageComponent>] = [
    Field(
      "name", { $1(&$0.name) }, wire: "Name", .identifies,
      checks: nameChecks("InvalidName.Malformed", 2...128),
      "What the service calls the component; metadata.name unless said otherwise."),
    Field(
      "version", { $1(&$0.componentVersion) }, wire: "ComponentVersion", .identifies,
      checks: [Check(.version, "InvalidParameter.ComponentVersion")],
      "The component's version: 1.4.0, or 1.4.x or auto to have Kiln choose the next one."),
    Field(
      "systemType", { $1(&$0.systemType) }, wire: "SystemType", .replaces, default: .text("Linux"),
      checks: [Check(.oneOf(["Linux", "Windows"]), "InvalidSystemType.NotSupportedValue")],
      "The operating system that the content is for."),
    Field(
      "componentType", { $1(&$0.componentType) }, wire: "ComponentType", .replaces, default: .text("Build"),
      checks: [Check(.oneOf(["Build", "Test"]), "InvalidComponentType.NotSupportedValue")],
      "Whether pipelines use the component to build or to test."),
    Field(
      "description", { $1(&$0.description) }, wire: "Description", .replaces,
      checks: descriptionChecks("InvalidDescription.Malformed"),
      "What the component is for."),
    Field(
      "content", { $1(&$0.content) }, wire: "Content", .replaces,
      checks: [
        Check(.notEmpty, "MissingParameter.Content"),
        Check(.bytes(atMost: contentLimit), "InvalidContent.LengthExceeded"),
      ],
      "The content, as text in either form of the content language."),
    Field(
      "resourceGroupId", { $1(&$0.resourceGroupID) }, wire: "ResourceGroupId", .updatesInPlace,
      echo: .chosenByService,
      checks: [Check(.notEmpty, ServerCode("InvalidResourceGroup.NotFound", 404))],
      "The resource group that holds the component."),
    Field(
      "tags", { $1(&$0.tags) }, wire: "Tag", .updatesInPlace,
      reply: .pairs(wrapper: "Tags", element: "Tag", key: "TagKey", value: "TagValue"),
      checks: tagChecks, "Tags on the component."),
  ]

  /// Content is optional in the API's schema, but CreateImageComponent has an error code for its absence.
  public var combinationViolations: [Violation] {
    content == nil
      ? [Violation(field: "content", code: "MissingParameter.Content", expectation: "is required")] : []
  }
}

/// The greatest size of Content, BuildContent and TestContent in bytes of UTF-8 (reference §12).
public let contentLimit = 16_384

/// The rules of reference §3 for names of `length` characters.
func nameChecks(_ code: ServerCode, _ length: ClosedRange<Int>) -> [Check] {
  [Check(.notURL, code), Check(.length(length), code), Check(.name(dots: true), code)]
}

/// The rules of reference §3 for descriptions.
func descriptionChecks(_ code: ServerCode) -> [Check] {
  [Check(.length(2...256), code), Check(.notURL, code)]
}

/// The rules of reference §3 for an image family.
func imageFamilyChecks(_ code: ServerCode) -> [Check] {
  [Check(.notReserved, code), Check(.length(2...128), code), Check(.name(dots: false), code)]
}

/// The rules of reference §3 for tags; how many are allowed beside Kiln's own is the manifest's affair.
let tagChecks = [
  Check(.count(0...20), "NumberExceed.Tags"),
  Check(.tagKeys, "InvalidTagKey.Malformed"),
  Check(.tagValues, "InvalidTagValue.Malformed"),
]

extension ServerCode: ExpressibleByStringLiteral {
  /// The code `value` with status 400.
  public init(stringLiteral value: String) { self.init(value) }
}
