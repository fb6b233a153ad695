// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud

extension Provocation {
  /// The rows of what any operation may answer.
  static let common: [Provocation] = requests + signatures + tokens + injected

  private static let any = DocumentedCodes.common

  private static let requests: [Provocation] = [
    request(any, "400 MissingParameter") { try await $0.call("DescribeImagePipelines", ["RegionId": ""]) },
    request(any, "400 InvalidParameter") { try await $0.call("DescribeImagePipelines", ["MaxResults": "0"]) },
    request(any, "404 InvalidRegionId.NotFound") {
      try await $0.call("DescribeImagePipelines", ["RegionId": "cn-nowhere"])
    },
    request(any, "404 InvalidApi.NotFound") { try await $0.call("describeRegions") },
    request(any, "403 UnsupportedHTTPMethod") { cloud in
      let request = cloud.request("DescribeRegions", [])
      return Outcome(
        try await cloud.send(ServiceRequest(method: "PATCH", headers: request.headers, body: request.body)))
    },
    request(any, "400 Throttling.User", configure: { $0.rateLimits = [RateLimit(calls: 0)] }) {
      try await $0.call("DescribeRegions")
    },
    request(any, "403 Forbidden.RAM", configure: { $0.deny("ecs:DescribeImagePipelines") }) {
      try await $0.call("DescribeImagePipelines")
    },
  ]

  private static let signatures: [Provocation] = [
    rpc("404 InvalidAccessKeyId.NotFound", "AccessKeyId", "unknown"),
    rpc("400 InvalidSignatureMethod", "SignatureMethod", "HMAC-MD5"),
    rpc("400 IncompleteSignature", "SignatureVersion", "2.0"),
    rpc("400 IllegalTimestamp", "Timestamp", ""),
    rpc("400 InvalidTimeStamp.Format", "Timestamp", "2026-01-02T03:04:05.0Z"),
    rpc("400 InvalidTimeStamp.Expired", "Timestamp", "2026-01-02T02:33:04Z"),
    request(any, "400 SignatureDoesNotMatch") { cloud in
      var cloud = cloud
      cloud.key = AccessKey(id: "emulated", secret: "wrong")
      return try await cloud.call("DescribeRegions")
    },
    request(any, "400 SignatureNonceUsed") { cloud in
      let request = cloud.request("DescribeRegions", [])
      _ = try await cloud.send(request)
      return Outcome(try await cloud.send(request))
    },
    request(
      any, "400 InvalidAccessKeyId.Inactive",
      configure: { $0.accessKeys = [AccessKey(id: "idle", secret: "s", isActive: false)] }
    ) { try await $0.call("DescribeRegions") },
  ]

  private static let tokens: [Provocation] = [
    request(any, "400 IdempotentParameterMismatch") { cloud in
      _ = try await cloud.createComponent(["ClientToken": "t"])
      return try await cloud.call(
        "CreateImageComponent", ["Name": "other", "Content": "RUN true", "ClientToken": "t"])
    },
    request(any, "400 InvalidClientToken.ValueNotSupported") {
      try await $0.call("CreateImageComponent", ["Content": "RUN true", "ClientToken": "é"])
    },
  ]

  private static let injected: [Provocation] =
    faults(
      any, because: "older gateways; this one has newer words for the same",
      [
        "400 InvalidParameter.IsNull", "400 UnsupportedParameter", "400 Throttling", "400 Throttling.Api",
        "400 IdempotenceParamNotMatch", "403 InvalidIdempotenceParameter.Mismatch", "403 InvalidAction",
      ])
    + faults(
      any, because: "calls follow one another, so none finds another at work",
      ["403 IdempotentProcessing", "403 LastTokenProcessing", "409 OperationConflict"])
    + faults(
      any, because: "accounts have no standing beyond their keys and what is denied them",
      [
        "403 Forbidden.Unauthorized", "403 Forbidden.SubUser", "403 Forbidden.NotSupportRAM",
        "403 Forbidden.AccessKeyDisabled", "403 Forbidden.RiskControl", "403 RealNameAuthenticationError",
      ])
    + faults(
      any, because: "the service is in trouble of its own",
      [
        "400 UnknownError", "500 InternalError", "503 ServiceUnavailable",
        "503 ServiceUnavailable.RegionMaintaining",
      ])

  private static func rpc(_ verdict: String, _ name: String, _ value: String) -> Provocation {
    request(any, verdict) { try await $0.rpc("DescribeRegions", [("Format", "JSON"), (name, value)]) }
  }
}
