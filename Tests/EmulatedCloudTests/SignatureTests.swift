// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct SignatureTests {
  @Test(arguments: TestClient.Style.allCases) func parametersMayStandInQueryOrForm(style: TestClient.Style)
    async throws
  {
    try await withCloud(.socket) { cloud in
      var cloud = cloud
      cloud.style = style
      let created = try await cloud.call(
        "CreateImageComponent", ["Name": "组件", "Content": "RUN echo \"a+b & c\" *~"])
      #expect(created.verdict == "200")
      #expect(try await cloud.call("DescribeImageComponents").components.first?["Name"] == "组件")
    }
  }

  /// Each way of spoiling a signed request, and what the service says.
  static let spoiled: [(String, @Sendable (inout V3Signing) -> Void)] = [
    ("404 InvalidAccessKeyId.NotFound", { $0.key = AccessKey(id: "unknown", secret: "emulated") }),
    ("400 SignatureDoesNotMatch", { $0.key = AccessKey(id: "emulated", secret: "wrong") }),
    ("400 SignatureDoesNotMatch", { $0.body.append(UInt8(ascii: "x")) }),
    ("400 IncompleteSignature", { $0.headers["x-acs-content-sha256"] = nil }),
    ("400 IllegalTimestamp", { $0.headers["x-acs-date"] = nil }),
    ("400 InvalidTimeStamp.Format", { $0.headers["x-acs-date"] = "2026-01-02 03:04:05" }),
    ("400 InvalidTimeStamp.Expired", { $0.headers["x-acs-date"] = "2026-01-02T02:49:04Z" }),
    ("400 InvalidTimeStamp.Expired", { $0.headers["x-acs-date"] = "2026-01-02T03:19:06Z" }),
    ("200", { $0.headers["x-acs-date"] = "2026-01-02T02:49:05Z" }),
    ("400 MissingParameter", { $0.headers["x-acs-signature-nonce"] = nil }),
    ("400 InvalidSecurityToken.MismatchWithAccessKey", { $0.headers["x-acs-security-token"] = "t" }),
    ("404 InvalidApi.NotFound", { $0.headers["x-acs-action"] = "describeImageComponents" }),
    ("404 InvalidApi.NotFound", { $0.headers["x-acs-version"] = "2015-04-01" }),
    ("400 MissingParameter", { $0.headers["x-acs-action"] = nil }),
    ("403 UnsupportedHTTPMethod", { $0.method = "PUT" }),
  ]

  @Test(arguments: spoiled.indices) func aSpoiledRequestIsRefused(index: Int) async throws {
    let (verdict, spoil) = Self.spoiled[index]
    try await withCloud { cloud in
      var signing = V3Signing(
        client: cloud, action: "DescribeImageComponents", parameters: [("RegionId", "cn-hangzhou")])
      spoil(&signing)
      let outcome = Outcome(try await cloud.send(signing.request))
      #expect(outcome.verdict == verdict)
    }
  }

  @Test func everyHeaderOfTheGatewayIsToBeSigned() async throws {
    try await withCloud { cloud in
      let good = cloud.request("DescribeImageComponents", [])
      var headers = good.headers
      headers["x-acs-extra"] = "unsigned"
      let bad = ServiceRequest(method: good.method, query: good.query, headers: headers, body: good.body)
      let outcome = Outcome(try await cloud.send(bad))
      #expect(outcome.verdict == "400 IncompleteSignature")
    }
  }

  @Test(arguments: Tier.allCases) func aRequestCountsOnce(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      let request = cloud.request("DescribeImageComponents", [])
      let first = Outcome(try await cloud.send(request))
      let second = Outcome(try await cloud.send(request))
      #expect(first.verdict == "200")
      #expect(second.verdict == "400 SignatureNonceUsed")
    }
  }

  @Test func keysMayBeDisabledOrNeedAToken() async throws {
    let session = AccessKey(id: "STS.a", secret: "s", token: "token/with+signs==")
    var configuration = EmulatorConfiguration.test()
    configuration.accessKeys = [AccessKey(id: "old", secret: "s", isActive: false), session]
    try await withCloud(.call, configuration) { cloud in
      var cloud = cloud
      try await cloud.expect("400 InvalidAccessKeyId.Inactive", "DescribeRegions")
      cloud.key = session
      try await cloud.expect("200", "DescribeRegions")
      cloud.key = AccessKey(id: "STS.a", secret: "s")
      try await cloud.expect("400 MissingSecurityToken", "DescribeRegions")
      cloud.key = AccessKey(id: "STS.a", secret: "s", token: "other")
      try await cloud.expect("400 InvalidSecurityToken.MismatchWithAccessKey", "DescribeRegions")
    }
  }

  @Test func anErrorBodyIsAsDocumented() async throws {
    try await withCloud { cloud in
      let outcome = try await cloud.call("DeleteImageComponent")
      #expect(
        Set(outcome.json.object?.keys.map { $0 } ?? []) == [
          "RequestId", "HostId", "Code", "Message", "Recommend",
        ])
      #expect(outcome["HostId"] == "ecs.test")
      #expect(outcome["RequestId"].count == 36)
    }
  }

  @Test func accountsAndRegionsDoNotSeeEachOther() async throws {
    var configuration = EmulatorConfiguration.test()
    configuration.accessKeys = [.default, AccessKey(id: "b", secret: "b", account: "2")]
    try await withCloud(.call, configuration) { cloud in
      let id = try await cloud.call("CreateImageComponent", ["Content": "RUN true"])["ImageComponentId"]
      var other = cloud
      other.key = AccessKey(id: "b", secret: "b", account: "2")
      var elsewhere = cloud
      elsewhere.region = "cn-beijing"
      for client in [other, elsewhere] {
        #expect(try await client.call("DescribeImageComponents").components == [])
        #expect(
          try await client.call("DeleteImageComponent", ["ImageComponentId": id]).verdict
            == "404 InvalidImageComponent.NotFound")
      }
    }
  }

  @Test func aBodyHasAMegabyteAtMost() async throws {
    try await withCloud(.socket) { cloud in
      let outcome = try await cloud.call(
        "CreateImageComponent", ["Content": String(repeating: "a", count: 2 << 20)])
      #expect(outcome.status == 413)
    }
  }
}
