// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax

/// Which images DescribeImages shows.
struct ImageFilter: Sendable {
  /// Members that must have one of these values.
  private var wanted: [(member: String, values: Set<String>)] = []
  private var nameParts: [Substring] = []
  private var tags: [TagQuery]
  private var created: ClosedRange<String>

  init(_ call: ServedCall) throws(Refusal) {
    tags = try call.tagFilter()
    guard !call.parameters.pairs("Tag").contains(where: { ($0.key ?? "").isEmpty && $0.value != nil }) else {
      throw .mismatchedTag
    }
    try call.word("InstanceType", else: "InvalidInstanceType.ValueNotSupported") { type in
      call.settings.hasInstanceType(type)
    }
    created = "0"..."9"
    try add(
      "OSType", from: call, ["windows", "linux"], else: Refusal(404, "InvalidOSType", "OSType is not valid."))
    try add(
      "Architecture", from: call, ["i386", "x86_64", "arm64"],
      else: Refusal(404, "InvalidArchitecture", "Architecture is not valid."))
    try add(
      "ImageOwnerAlias", from: call, ["system", "self", "others", "marketplace"],
      else: .invalid("ImageOwnerAlias", code: "InvalidImageOwnerAlias.ValueNotSupported"))
    try addOwner(call)
    try addUsage(call)
    try addStatus(call)
    try addFilters(call)
    if let ids = call.parameters["ImageId"] {
      wanted.append(("ImageId", Set(ids.split(separator: ",").map(String.init))))
    }
    if let family = call.parameters["ImageFamily"] { wanted.append(("ImageFamily", [family])) }
    if let isPublic = try call.parameters.boolean("IsPublic") {
      guard !isPublic || ["others", nil].contains(call.parameters["ImageOwnerAlias"]) else {
        throw .invalid("ImageOwnerAlias", code: "InvalidImageOwnerAlias.PublicImageUnsupported")
      }
      wanted.append(("IsPublic", ["\(isPublic)"]))
    }
    if let group = call.parameters["ResourceGroupId"], group != defaultResourceGroup(of: call.scope.account) {
      wanted.append(("ResourceGroupId", [group]))
    }
    nameParts = (call.parameters["ImageName"] ?? "").split(separator: "*")
  }

  /// Whether `image` is shown.
  func admits(_ image: JSONValue) -> Bool {
    let fits = wanted.allSatisfy { member, values in
      let value = image[member]
      return values.contains(value?.bool.map { "\($0)" } ?? value?.string ?? "")
    }
    let name = image["ImageName"]?.string ?? ""
    guard fits, nameParts.allSatisfy({ name.contains($0) }) else { return false }
    guard created.contains(image["CreationTime"]?.string ?? "") else { return false }
    let own = image["Tags"]?["Tag"]?.array ?? []
    return tags.allSatisfy { tag in
      own.contains {
        $0["TagKey"]?.string == tag.key && (tag.value ?? $0["TagValue"]?.string) == $0["TagValue"]?.string
      }
    }
  }

  private mutating func add(
    _ name: String, from call: ServedCall, _ words: [String], else refusal: Refusal
  ) throws(Refusal) {
    guard let value = call.parameters[name] else { return }
    guard words.contains(value) else { throw refusal }
    wanted.append((name, [value]))
  }

  private mutating func addOwner(_ call: ServedCall) throws(Refusal) {
    guard let owner = try call.parameters.integer("ImageOwnerId") else { return }
    guard ["others", nil].contains(call.parameters["ImageOwnerAlias"]) else {
      throw .invalid("ImageOwnerId", code: "InvalidOperation.ImageOwnerIdUnsupported")
    }
    // No image of another account is ever seen.
    wanted.append(("ImageOwnerAlias", String(owner) == call.scope.account ? ["self"] : []))
  }

  private mutating func addUsage(_ call: ServedCall) throws(Refusal) {
    guard let usage = call.parameters["Usage"] else { return }
    guard ["instance", "none"].contains(usage) else {
      throw Refusal(404, "InvalidUsage", "Usage is not valid.")
    }
    wanted.append(("Usage", [usage]))
  }

  private mutating func addStatus(_ call: ServedCall) throws(Refusal) {
    let states = ["Creating", "Waiting", "Available", "UnAvailable", "CreateFailed", "Deprecated"]
    let asked = (call.parameters["Status"] ?? "Available").split(separator: ",").map(String.init)
    guard !asked.contains("ALL") else { return }
    guard asked.allSatisfy(states.contains) else { throw .invalid("Status", code: "InvalidParamter") }
    wanted.append(("Status", Set(asked)))
  }

  private mutating func addFilters(_ call: ServedCall) throws(Refusal) {
    for filter in call.parameters.pairs("Filter") {
      let value = filter.value ?? ""
      switch filter.key {
      // Times in this form compare as text.
      case "CreationStartTime":
        created = max(created.lowerBound, try Self.time(value))...created.upperBound
      case "CreationEndTime":
        created = created.lowerBound...max(created.lowerBound, try Self.time(value))
      case "NetworkType":
        guard ["vpc", "classic"].contains(value) else {
          throw Refusal(400, "InvalidFilterValue.NetworkType", "The NetworkType is not valid.")
        }
      default: throw .notFound("InvalidFilterKey.NotFound", "filter \(filter.key ?? "")")
      }
    }
  }
  /// A time to the minute, `2026-01-02T03:04Z`, or to the second.
  private static func time(_ text: String) throws(Refusal) -> String {
    let whole = text.utf8.count == 17 ? text.dropLast() + ":00Z" : Substring(text)
    guard UTCTime(iso8601: String(whole)) != nil else {
      throw Refusal(404, "InvalidFilterValue", "The filter's time is not yyyy-MM-ddTHH:mmZ.")
    }
    return text
  }
}
