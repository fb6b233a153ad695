// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

/// A component that the system offers to every account.
struct SystemComponent: Sendable {
  let id: String
  let name: String
  let version: Version
  let systemType: String
  let componentType: String
  let description: String
  let content: String

  /// Its item in a Describe reply.
  var json: String {
    var component = ImageComponent()
    component.name = name
    component.componentVersion = version.description
    component.systemType = systemType
    component.componentType = componentType
    component.description = description
    component.content = content
    var item = component.item(id: id, owner: "ALIYUN", created: Self.created, parameters: [])
    item["ResourceGroupId"] = ""
    item["Tags"] = ["Tag": []]
    return JSONValue.object(item).text
  }

  /// 2024-12-17, when the pages on components were last revised.
  private static let created: Int64 = 1_734_393_600_000

  /// The items that a list of the system's components shows.
  static func matching(_ query: ListQuery) -> [String] {
    guard query.tags.isEmpty, query.resourceGroup == nil else { return [] }
    return all.filter { component in
      (query.ids.isEmpty || query.ids.contains(component.id))
        && (query.name ?? component.name) == component.name
        && (query.systemType ?? component.systemType) == component.systemType
        && (query.componentType ?? component.componentType) == component.componentType
        && query.version?.matches(component.version.major, component.version.minor, component.version.patch)
          ?? true
    }.map(\.json)
  }

  /// Invented ones: what the real service offers is not documented.
  static let all: [SystemComponent] = [
    SystemComponent(
      id: "ic-sys00000000000000001", name: "acs-cloud-assistant", version: Version(1, 0, 0),
      systemType: "Linux",
      componentType: "Build", description: "Installs the Cloud Assistant agent.",
      content: "RUN systemctl enable --now aliyun.service"),
    SystemComponent(
      id: "ic-sys00000000000000002", name: "acs-system-update", version: Version(1, 0, 0),
      systemType: "Linux",
      componentType: "Build", description: "Installs the updates of the distribution.",
      content: "RUN (dnf -y update || yum -y update || (apt-get update && apt-get -y upgrade))"),
    SystemComponent(
      id: "ic-sys00000000000000003", name: "acs-boot-check", version: Version(1, 0, 0), systemType: "Linux",
      componentType: "Test", description: "Waits until the instance has started.",
      content: "RUN systemctl is-system-running --wait"),
  ]
}
