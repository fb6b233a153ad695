// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Testing

/// The older signature, whose parameters are all in the query or the form.
@Suite struct RPCTests {
  @Test(arguments: ["GET", "POST"]) func theOlderSignatureCounts(method: String) async throws {
    try await withCloud(.socket) { cloud in
      let outcome = try await cloud.rpc("DescribeRegions", ["Format": "JSON"], method: method)
      #expect(outcome.verdict == "200")
      #expect(outcome.headers["content-type"] == "application/json;charset=utf-8")
    }
  }

  @Test func withoutAFormatTheAnswerIsXML() async throws {
    try await withCloud { cloud in
      _ = try await cloud.call(
        "CreateImageComponent",
        ["Name": "web", "Content": "RUN a < b && c", "Tag.1.Key": "a", "Tag.2.Key": "b", "Tag.2.Value": "v"])
      let outcome = try await cloud.rpc("DescribeImageComponents", ["RegionId": "cn-hangzhou"])
      #expect(outcome.headers["content-type"] == "text/xml;charset=utf-8")
      #expect(
        outcome.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?><DescribeImageComponentsResponse>"))
      #expect(
        outcome.text.contains("<ImageComponent><ImageComponentSet><ComponentType>Build</ComponentType>"))
      #expect(outcome.text.contains("<Content>RUN a &lt; b &amp;&amp; c</Content>"))
      #expect(outcome.text.contains("<Tags><Tag><TagKey>a</TagKey><TagValue></TagValue></Tag><Tag>"))
      #expect(outcome.text.contains("<TotalCount>1</TotalCount>"))
    }
  }

  @Test func errorsAreXMLToo() async throws {
    try await withCloud { cloud in
      let outcome = try await cloud.rpc("DescribeImageComponents", [:])
      #expect(outcome.status == 400)
      #expect(outcome.text.contains("<Error><Code>MissingParameter</Code><HostId>ecs.test</HostId><Message>"))
    }
  }

  /// Changes to the common parameters, made before signing, and what the service says.
  static let spoiled: [(String, [Parameter])] = [
    ("200", []),
    ("404 InvalidAccessKeyId.NotFound", [("AccessKeyId", "unknown")]),
    ("400 InvalidSignatureMethod", [("SignatureMethod", "HMAC-MD5")]),
    ("400 IncompleteSignature", [("SignatureVersion", "2.0")]),
    ("400 MissingParameter", [("SignatureNonce", "")]),
    ("400 IllegalTimestamp", [("Timestamp", "")]),
    ("400 InvalidTimeStamp.Format", [("Timestamp", "today")]),
    ("400 InvalidTimeStamp.Expired", [("Timestamp", "2026-01-02T02:33:04Z")]),
    ("200", [("Timestamp", "2026-01-02T02:33:05Z")]),
    ("400 InvalidSecurityToken.MismatchWithAccessKey", [("SecurityToken", "t")]),
    ("404 InvalidApi.NotFound", [("Action", "DescribeNothing")]),
    ("404 InvalidApi.NotFound", [("Version", "2013-01-10")]),
  ]

  @Test(arguments: spoiled.indices) func aSpoiledRequestIsRefused(index: Int) async throws {
    let (verdict, changes) = Self.spoiled[index]
    try await withCloud { cloud in
      var given: [Parameter] = [("Format", "JSON")]
      for change in changes { given = given.with(change.name, change.value) }
      let outcome = try await cloud.rpc("DescribeRegions", given)
      #expect(outcome.verdict == verdict)
    }
  }

  @Test func aWrongSecretIsRefused() async throws {
    try await withCloud { cloud in
      var cloud = cloud
      cloud.key = AccessKey(id: "emulated", secret: "wrong")
      let outcome = try await cloud.rpc("DescribeRegions", [("Format", "JSON")])
      #expect(outcome.verdict == "400 SignatureDoesNotMatch")
    }
  }

  @Test func aCallWithoutSignatureIsRefused() async throws {
    try await withCloud { cloud in
      let request = ServiceRequest(
        method: "GET", query: "Action=DescribeRegions&Version=2014-05-26&Format=JSON", headers: ["host": "x"])
      let outcome = Outcome(try await cloud.send(request))
      #expect(outcome.verdict == "400 MissingParameter")
    }
  }
}

extension TestClient {
  /// Makes a call with the older signature.
  func rpc(_ action: String, _ given: KeyValuePairs<String, String>, method: String = "POST") async throws
    -> Outcome
  {
    try await rpc(action, given.map { ($0.key, $0.value) }, method: method)
  }

  func rpc(_ action: String, _ given: [Parameter], method: String = "POST") async throws -> Outcome {
    var parameters: [Parameter] = [
      ("Action", action), ("Version", version), ("AccessKeyId", key.id), ("SignatureMethod", "HMAC-SHA1"),
      ("SignatureVersion", "1.0"), ("SignatureNonce", TestClient.nonce()),
      ("Timestamp", V3Signing.date(now())),
      ("SignatureType", ""),
    ]
    if let token = key.token { parameters.append(("SecurityToken", token)) }
    for parameter in given { parameters = parameters.with(parameter.name, parameter.value) }
    let text = SignatureRPCV1.stringToSign(method: method, parameters: parameters)
    let signature = SignatureRPCV1.signature(stringToSign: text, secret: RedactedSecret(key.secret))
    let encoded = PercentEncoding.encode(parameters + [("Signature", signature)])
    let headers = ["host": host, "content-type": "application/x-www-form-urlencoded"]
    return Outcome(
      try await send(
        method == "GET"
          ? ServiceRequest(method: method, query: encoded, headers: ["host": host])
          : ServiceRequest(method: method, headers: headers, body: Array(encoded.utf8))))
  }
}
