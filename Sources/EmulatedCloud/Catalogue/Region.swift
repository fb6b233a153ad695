// SPDX-License-Identifier: Apache-2.0

/// A region that exists.
struct Region: Hashable, Sendable {
  let id: String
  let name: String

  /// The host that serves it.
  var endpoint: String { id == "cn-hangzhou" ? "ecs-cn-hangzhou.aliyuncs.com" : "ecs.\(id).aliyuncs.com" }

  /// Whether there is a region of this id.
  static func exists(_ id: String, more: Set<String>) -> Bool {
    ids.contains(id) || more.contains(id)
  }

  /// Refuses a region that does not exist; an empty id is the affair of who needs one.
  static func check(_ id: String, more: Set<String>) throws(Refusal) {
    guard id.isEmpty || exists(id, more: more) else {
      throw .notFound("InvalidRegionId.NotFound", "RegionId")
    }
  }

  private static let ids = Set(all.map(\.id))

  /// The regions that public documents name, in the order of the service.
  static let all: [Region] = [
    Region(id: "cn-qingdao", name: "China (Qingdao)"),
    Region(id: "cn-beijing", name: "China (Beijing)"),
    Region(id: "cn-zhangjiakou", name: "China (Zhangjiakou)"),
    Region(id: "cn-huhehaote", name: "China (Hohhot)"),
    Region(id: "cn-wulanchabu", name: "China (Ulanqab)"),
    Region(id: "cn-hangzhou", name: "China (Hangzhou)"),
    Region(id: "cn-shanghai", name: "China (Shanghai)"),
    Region(id: "cn-nanjing", name: "China (Nanjing)"),
    Region(id: "cn-fuzhou", name: "China (Fuzhou)"),
    Region(id: "cn-shenzhen", name: "China (Shenzhen)"),
    Region(id: "cn-heyuan", name: "China (Heyuan)"),
    Region(id: "cn-guangzhou", name: "China (Guangzhou)"),
    Region(id: "cn-chengdu", name: "China (Chengdu)"),
    Region(id: "cn-hongkong", name: "China (Hong Kong)"),
    Region(id: "ap-northeast-1", name: "Japan (Tokyo)"),
    Region(id: "ap-southeast-1", name: "Singapore"),
    Region(id: "ap-southeast-2", name: "Australia (Sydney)"),
    Region(id: "ap-southeast-3", name: "Malaysia (Kuala Lumpur)"),
    Region(id: "ap-southeast-5", name: "Indonesia (Jakarta)"),
    Region(id: "ap-southeast-6", name: "Philippines (Manila)"),
    Region(id: "ap-south-1", name: "India (Mumbai)"),
    Region(id: "us-west-1", name: "US (Silicon Valley)"),
    Region(id: "us-east-1", name: "US (Virginia)"),
    Region(id: "eu-central-1", name: "Germany (Frankfurt)"),
    Region(id: "eu-west-1", name: "UK (London)"),
    Region(id: "me-east-1", name: "UAE (Dubai)"),
  ]
}
