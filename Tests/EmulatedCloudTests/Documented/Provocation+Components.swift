// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud

extension Provocation {
  /// The rows of the operations on components.
  static let components: [Provocation] = creatingComponents + describingComponents + deletingComponents

  private static let creatingComponents: [Provocation] =
    rules("CreateImageComponent", CreateImageComponentRules.rules) { cloud, rule in
      _ = try await cloud.call("CreateImageComponent", ["Name": "taken", "Content": "RUN true"])
      return try await cloud.call(
        "CreateImageComponent", CreateImageComponentRules.base.merging(rule.changes) { $1 })
    }
    + commands.map { code, content in call("CreateImageComponent", "400 \(code)", ["Content": content]) } + [
      request(
        "CreateImageComponent", "400 QuotaExceed.ImageComponent", configure: { $0.quotas.components = 1 }
      ) {
        _ = try await $0.call("CreateImageComponent", CreateImageComponentRules.base)
        return try await $0.call("CreateImageComponent", CreateImageComponentRules.base)
      },
      call(
        "CreateImageComponent", "403 InvalidOperation.NoPermissionCreateServiceLinkedRole",
        CreateImageComponentRules.base, configure: { $0.deny("ram:CreateServiceLinkedRole") }),
    ]
    + faults(
      "CreateImageComponent", because: "a component names no image", ["400 InvalidImage.OsTypeUnsupported"])

  private static let describingComponents = rules(
    "DescribeImageComponents", ListRules.shared + ListRules.components
  ) { cloud, rule in try await cloud.call("DescribeImageComponents", rule.changes) }

  private static let deletingComponents: [Provocation] = [
    request("DeleteImageComponent", "403 InvalidImageComponent.InUse") { cloud in
      let id = try await cloud.createComponent()
      _ = try await cloud.createPipeline(build: "COMPONENT \(id)")
      return try await cloud.call("DeleteImageComponent", ["ImageComponentId": id])
    },
    call("DeleteImageComponent", "404 InvalidImageComponent.NotFound", ["ImageComponentId": "ic-none"]),
  ]

  /// Contents with one command that is wrong, by their codes.
  static let commands: [(code: String, content: String)] =
    ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"].map {
      ("EmptyCommandContent.\($0)", $0)
    }
    + CreateImageComponentRules.commands.sorted { $0.key < $1.key }.map {
      ("InvalidCommandContent.\($0)", "\($0) \($1)")
    }
}

extension EmulatorConfiguration {
  /// Keeps the account of the tests from what `text` names.
  mutating func deny(_ text: String) {
    denials[AccessKey.defaultAccount] = Set([text].compactMap(Denial.init))
  }
}

extension TestClient {
  /// Makes a component, and gives its id.
  func createComponent(_ more: [String: String] = [:]) async throws -> String {
    try await call("CreateImageComponent", ["Name": "web", "Content": "RUN true"].merging(more) { $1 })[
      "ImageComponentId"]
  }
}
