// SPDX-License-Identifier: Apache-2.0

/// Something that an account may not do although its key is good, for tests of those who meet with such accounts.
package enum Denial: Hashable, Sendable {
  /// An action of RAM, such as `ecs:DeleteImagePipeline`, which policies forbid.
  case action(String)
  /// One of the few that the service has codes of their own for.
  case feature(Feature)

  /// What accounts may be kept from, by the word that asks for it.
  package enum Feature: String, Hashable, Sendable, CaseIterable {
    /// Pipelines: NoPermission.
    case pipelines
    /// Tags: NoPermission.Tag.
    case tags
    /// Public images: CurrentAccount.NotSupportPublicImage.
    case publicImages = "public-images"
    /// Image families: InvalidUser.Unauthorized.
    case imageFamilies = "image-families"
    /// Every region: Unauthorized.EmptyRegion.
    case regions
  }

  /// The action without which the first creation of an account fails, as it makes the service's role.
  static let serviceLinkedRole = Denial.action("ram:CreateServiceLinkedRole")

  /// Reads an action `ecs:OPERATION`, `sts:OPERATION` or `ram:CreateServiceLinkedRole`, or the word of a feature.
  package init?(_ text: String) {
    if let feature = Feature(rawValue: text) {
      self = .feature(feature)
      return
    }
    let known = Operation.all.map(\.action) + ["ram:CreateServiceLinkedRole"]
    guard known.contains(text) else { return nil }
    self = .action(text)
  }
}

extension Operation {
  /// What policies of RAM call it.
  var action: String { "\(api):\(name)" }
}

extension ServedCall {
  /// Refuses what the account may not do.
  func checkDenials() throws(Refusal) {
    guard let denials = settings.denials[scope.account], !denials.isEmpty else { return }
    if denials.contains(where: { $0.action == "ecs:\(operation)" || $0.action == "sts:\(operation)" }) {
      throw Refusal(
        403, "Forbidden.RAM", "User not authorized to operate on the specified resource, or this API.")
    }
    for denial in denials {
      if case .feature(let feature) = denial, let refusal = feature.refusal(of: self) { throw refusal }
    }
  }

  /// Makes the role by which the service acts for an account, unless it is there.
  func useServiceLinkedRole(in transaction: Transaction) throws {
    guard try !transaction.hasServiceLinkedRole(account: scope.account) else { return }
    guard settings.denials[scope.account]?.contains(.serviceLinkedRole) != true else {
      throw Refusal(
        403, "InvalidOperation.NoPermissionCreateServiceLinkedRole",
        "The caller may not create the role AliyunServiceRoleForECSImageBuilder.")
    }
    try transaction.insertServiceLinkedRole(account: scope.account)
  }
}

extension Denial {
  fileprivate var action: String? { if case .action(let name) = self { name } else { nil } }
}

extension Denial.Feature {
  /// What the service says to `call`, where it is about the feature.
  fileprivate func refusal(of call: ServedCall) -> Refusal? {
    switch (self, call.operation) {
    case (.pipelines, "CreateImagePipeline"):
      Refusal(400, "NoPermission", "The account may not make image pipelines.")
    case (.tags, "TagResources"), (.tags, "UntagResources"), (.tags, "ListTagResources"):
      Refusal(403, "NoPermission.Tag", "The account has no permission for tags.")
    case (.publicImages, "DescribeImages") where call.parameters["IsPublic"]?.lowercased() == "true":
      Refusal(403, "CurrentAccount.NotSupportPublicImage", "The account may not see public images.")
    case (.imageFamilies, "DescribeImageFromFamily"):
      Refusal(403, "InvalidUser.Unauthorized", "The account may not use image families.")
    case (.regions, "DescribeRegions"):
      Refusal(403, "Unauthorized.EmptyRegion", "The account may use no region.")
    default: nil
    }
  }
}
