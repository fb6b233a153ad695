// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax

extension Provocation {
  /// The rows of TagResources and UntagResources.
  static let tagging: [Provocation] =
    rules("TagResources", TagRules.tagging + TagRules.shared) { cloud, rule in
      let base = try await cloud.taggedComponent(["Tag.1.Key": "team", "Tag.1.Value": "web"])
      return try await cloud.call("TagResources", base.merging(rule.changes) { $1 })
    } + [
      request("TagResources", "400 OperationDenied.QuotaExceed", configure: { $0.quotas.tagKeys = 2 }) {
        let base = try await $0.taggedComponent(["Tag.1.Key": "second"])
        _ = try await $0.call("TagResources", base)
        return try await $0.call("TagResources", base.merging(["Tag.1.Key": "third"]) { $1 })
      },
      denied("TagResources", ["Tag.1.Key": "team"]),
    ]
    + faults("TagResources", because: ownership, ownershipCodes)
    + faults("TagResources", because: trouble, ["500 ServiceUnavailable"])
    + rules("UntagResources", TagRules.untagging + TagRules.shared) { cloud, rule in
      let base = try await cloud.taggedComponent(["TagKey.1": "old"])
      return try await cloud.call("UntagResources", base.merging(rule.changes) { $1 })
    } + [denied("UntagResources", ["TagKey.1": "old"])]
    + faults("UntagResources", because: ownership, ownershipCodes)
    + faults(
      "UntagResources", because: "keys are taken away without values, and leave fewer than there were",
      [
        "400 InvalidTagValue.Malformed", "400 InvalidTag.Mismatch", "400 OperationDenied.QuotaExceed",
        "403 QuotaExceed.Tags", "403 TagKey.Duplication",
      ])

  /// The rows of ListTagResources.
  static let tagLists: [Provocation] =
    rules("ListTagResources", TagRules.listing + TagRules.listingIDs) { cloud, rule in
      let base = try await cloud.taggedComponent([:])
      return try await cloud.call("ListTagResources", base.merging(rule.changes) { $1 })
    } + [
      request("ListTagResources", "400 InvalidDefaultResourceGroup.NotSupported") { cloud in
        _ = try await cloud.createComponent()
        let item = try await cloud.call("DescribeImageComponents").components.first
        return try await cloud.call(
          "ListTagResources",
          [
            "ResourceType": "imagecomponent", "Tag.1.Key": "acs:rm:rgId",
            "Tag.1.Value": item?["ResourceGroupId"]?.string ?? "",
          ])
      },
      denied("ListTagResources", [:]),
    ]
    + faults("ListTagResources", because: ownership, ownershipCodes)
    + faults("ListTagResources", because: trouble, ["500 ServiceUnavailable", "500 InternalError"])
    + faults(
      "ListTagResources", because: "a list sets no tags, and goes without ids or without tags",
      [
        "400 OperationDenied.QuotaExceed", "403 QuotaExceed.Tags", "403 TagKey.Duplication",
        "404 MissingParameter.ResourceIds", "404 MissingParameter.Tags",
      ])

  /// The rows of JoinResourceGroup.
  static let groups: [Provocation] =
    rules("JoinResourceGroup", TagRules.joining) { cloud, rule in
      try await cloud.call("JoinResourceGroup", cloud.joining("rg-emulated").merging(rule.changes) { $1 })
    } + [
      request("JoinResourceGroup", "403 InvalidResourceGroup.Duplicate") { cloud in
        let call = try await cloud.joining("rg-emulated")
        _ = try await cloud.call("JoinResourceGroup", call)
        return try await cloud.call("JoinResourceGroup", call)
      },
      joined("403 InvalidStatus.ResourceGroup", status: "PendingDelete"),
      joined("400 EntityExists.AssociatedTransferTasks", status: "Transferring"),
      joined("403 InvalidRegionId.ResourceGroup", region: "cn-beijing"),
    ]

  private static let ownership = "tags have no owner and no scope in the published parameters"
  private static let ownershipCodes = [
    "400 Invalid.Scope", "403 NoPermissionKey.Scope", "403 PermissionDenied.TagOwnerBid",
    "403 PermissionDenied.TagOwnerUid", "403 PermissionDenied.Scope", "404 MissingParameter.TagOwnerUid",
    "404 MissingParameter.TagOwnerBid",
  ]
  private static let trouble = "the service is in trouble of its own"

  private static func denied(_ operation: String, _ given: [String: String]) -> Provocation {
    request(operation, "403 NoPermission.Tag", configure: { $0.deny("tags") }) { cloud in
      try await cloud.call(operation, cloud.taggedComponent(given))
    }
  }

  private static func joined(_ verdict: String, status: String = "OK", region: String = "") -> Provocation {
    request("JoinResourceGroup", verdict) { cloud in
      let call = try await cloud.joining("rg-new")
      _ = try await cloud.control(
        "POST", "resource-groups", ["id": "rg-new", "status": .string(status), "region": .string(region)])
      return try await cloud.call("JoinResourceGroup", call)
    }
  }
}

extension TestClient {
  /// Makes a component with the tag `old`, and gives the parameters that name it besides `more`.
  fileprivate func taggedComponent(_ more: [String: String]) async throws -> [String: String] {
    let id = try await createComponent(["Tag.1.Key": "old", "Tag.1.Value": "v"])
    return ["ResourceType": "imagecomponent", "ResourceId.1": id].merging(more) { $1 }
  }

  /// Makes a component, and gives the parameters that move it into `group`.
  fileprivate func joining(_ group: String) async throws -> [String: String] {
    ["ResourceType": "imagecomponent", "ResourceId": try await createComponent(), "ResourceGroupId": group]
  }
}
