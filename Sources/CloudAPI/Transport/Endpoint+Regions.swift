// SPDX-License-Identifier: Apache-2.0

/// Which of a service's two faces is addressed.
package enum Network: String, Sendable, CaseIterable {
  /// The internet.
  case `public`
  /// From inside a virtual private cloud.
  case vpc
}

extension Endpoint {
  /// The endpoint of ECS in a region.
  ///
  /// Rule of the vendor's SDK: the table of exceptions first, else `ecs.{region}.aliyuncs.com`, with a network
  /// `ecs-{network}.{region}.aliyuncs.com`. The table concerns the internet only.
  package static func ecs(regionID: String, network: Network = .public) -> Endpoint {
    switch network {
    case .public: Endpoint(host: exceptions[regionID] ?? "ecs.\(regionID).aliyuncs.com")
    case .vpc: Endpoint(host: "ecs-vpc.\(regionID).aliyuncs.com")
    }
  }

  /// The endpoint of STS: central without a region; the VPC face needs one.
  package static func sts(regionID: String?, network: Network = .public) -> Endpoint {
    guard let regionID, !regionID.isEmpty else { return Endpoint(host: "sts.aliyuncs.com") }
    return Endpoint(host: (network == .vpc ? "sts-vpc." : "sts.") + regionID + ".aliyuncs.com")
  }

  /// The exceptions of the vendor's SDK (alibabacloud-ecs20140526 7.11.8) that concern public regions.
  static let exceptions: [String: String] = [
    "cn-hangzhou": "ecs-cn-hangzhou.aliyuncs.com",
    "cn-shanghai-finance-1": "ecs-cn-hangzhou.aliyuncs.com",
    "cn-shenzhen-finance-1": "ecs-cn-hangzhou.aliyuncs.com",
    "cn-hangzhou-finance": "ecs.aliyuncs.com",
    "cn-north-2-gov-1": "ecs.aliyuncs.com",
    "cn-beijing-finance-pop": "ecs.aliyuncs.com",
    "cn-hongkong-finance-pop": "ecs.aliyuncs.com",
    "cn-beijing-gov-1": "ecs.aliyuncs.com",
    "cn-edge-1": "ecs.cn-qingdao-nebula.aliyuncs.com",
  ]
}
