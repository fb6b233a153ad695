// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Lists the regions.
@Sendable func describeRegions(_ call: ServedCall) throws(Refusal) -> Work {
  let languages = ["zh-CN", "zh-TW", "en-US", "ja", "fr", "de", "ko"]
  guard languages.contains(call.parameters["AcceptLanguage"] ?? "zh-CN") else {
    throw .notFound("InvalidAcceptLanguage.NotFound", "AcceptLanguage")
  }
  let kinds = ["instance", "disk", "reservedinstance", "scu"]
  guard kinds.contains(call.parameters["ResourceType"] ?? "instance") else {
    throw .notFound("InvalidResourceType.NotFound", "ResourceType")
  }
  let regions = Region.all + call.settings.moreRegions.sorted().map { Region(id: $0, name: $0) }
  return Work(writes: false) { _ in
    let items = regions.map { region -> JSONValue in
      [
        "RegionId": .string(region.id), "LocalName": .string(region.name), "Status": "available",
        "RegionEndpoint": .string(region.endpoint),
      ]
    }
    return ServedReply(["Regions": ["Region": .array(items)]])
  }
}
