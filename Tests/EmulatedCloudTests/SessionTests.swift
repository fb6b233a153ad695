// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct SessionTests {
  static let role: KeyValuePairs = [
    "RoleArn": "acs:ram::1000000000000001:role/builder", "RoleSessionName": "ci",
  ]

  @Test(arguments: Tier.allCases) func aSessionCallsUntilItEnds(tier: Tier) async throws {
    let time = TestTime()
    try await withCloud(tier, .test(time)) { cloud in
      let session = try await cloud.sts("AssumeRole", Self.role)
      #expect(session.json["AssumedRoleUser"]?["Arn"] == "acs:ram::1000000000000001:assumed-role/builder/ci")
      var client = cloud
      client.key = try session.sessionKey
      let caller = try await client.sts("GetCallerIdentity")
      #expect(caller["AccountId"] == "1000000000000001")
      #expect(caller["IdentityType"] == "AssumedRoleUser")
      try await client.expect("200", "CreateImageComponent", ["Content": "RUN true"])
      #expect(try await cloud.call("DescribeImageComponents").components.count == 1)
      time.pass(3_600_000)
      try await client.expect("400 InvalidSecurityToken.Expired", "DescribeImageComponents")
    }
  }

  @Test func aSessionOfAnotherAccountSeesThatAccount() async throws {
    try await withCloud { cloud in
      try await cloud.expect("200", "CreateImageComponent", ["Content": "RUN true"])
      let session = try await cloud.sts(
        "AssumeRole", ["RoleArn": "acs:ram::42:role/builder", "RoleSessionName": "ci"])
      var client = cloud
      client.key = try session.sessionKey
      #expect(try await client.call("DescribeImageComponents").components == [])
    }
  }

  @Test func anIdentityTokenNeedsNoSignature() async throws {
    try await withCloud { cloud in
      let given: [Parameter] = [
        ("Action", "AssumeRoleWithOIDC"), ("Version", "2015-04-01"), ("Format", "JSON"),
        ("OIDCProviderArn", "acs:ram::1000000000000001:oidc-provider/ack"),
        ("OIDCToken", "head.body.signature"),
        ("RoleArn", "acs:ram::1000000000000001:role/builder"), ("RoleSessionName", "pod"),
      ]
      let request = ServiceRequest(
        method: "GET", query: PercentEncoding.encode(given), headers: ["host": "sts.test"])
      let session = Outcome(try await cloud.send(request))
      #expect(session.json["OIDCTokenInfo"]?["VerificationInfo"] == "Success")
      var client = cloud
      client.key = try session.sessionKey
      try await client.expect("200", "DescribeRegions")
    }
  }

  static let rules: [Rule] = [
    Rule("200", [:]),
    Rule("400 MissingParameter", ["RoleArn": ""]),
    Rule("400 MissingParameter", ["RoleSessionName": ""]),
    Rule("400 InvalidParameter.RoleArn", ["RoleArn": "acs:ram::1:user/x"]),
    Rule("404 EntityNotExist.Role", ["RoleArn": "acs:ram::1:role/builder-missing"]),
    Rule("400 InvalidParameter.RoleSessionName", ["RoleSessionName": "a b"]),
    Rule("400 InvalidParameter.RoleSessionName", ["RoleSessionName": "a"]),
    Rule("400 InvalidParameter.DurationSeconds", ["DurationSeconds": "899"]),
    Rule("200", ["DurationSeconds": "900"]),
  ]

  @Test(arguments: rules) func eachRuleHasItsCode(rule: Rule) async throws {
    try await withCloud { cloud in
      var cloud = cloud
      cloud.version = "2015-04-01"
      try await cloud.expect(
        rule, "AssumeRole", Dictionary(uniqueKeysWithValues: Self.role.map { ($0.key, $0.value) }))
    }
  }

  @Test func aUserIsAUser() async throws {
    try await withCloud { cloud in
      let caller = try await cloud.sts("GetCallerIdentity")
      #expect(caller["Arn"] == "acs:ram::1000000000000001:user/emulated")
      #expect(caller["IdentityType"] == "RAMUser")
    }
  }
}

extension TestClient {
  func sts(_ action: String, _ given: KeyValuePairs<String, String> = [:]) async throws -> Outcome {
    var client = self
    client.version = "2015-04-01"
    return try await client.call(action, given.map { ($0.key, $0.value) } + [("RegionId", "")])
  }
}

extension Outcome {
  /// The key of the session that was handed out.
  fileprivate var sessionKey: AccessKey {
    get throws {
      let credentials = try #require(json["Credentials"])
      return AccessKey(
        id: credentials["AccessKeyId"]?.string ?? "", secret: credentials["AccessKeySecret"]?.string ?? "",
        token: credentials["SecurityToken"]?.string)
    }
  }
}
