// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Testing

/// The newer signature against what the vendor's own SDK and documentation sign.
struct SignatureV3Tests {
  @Test(arguments: SignedRequestVector.all)
  func canonicalRequestIsThatOfTheVendor(_ vector: SignedRequestVector) throws {
    #expect(try vector.canonicalized() == vector.canonicalRequest)
  }

  @Test(arguments: SignedRequestVector.all)
  func stringToSignIsThatOfTheVendor(_ vector: SignedRequestVector) {
    #expect(SignatureV3.stringToSign(canonicalRequest: vector.canonicalRequest) == vector.stringToSign)
  }

  @Test(arguments: SignedRequestVector.all)
  func authorizationIsThatOfTheVendor(_ vector: SignedRequestVector) throws {
    let parsed = try #require(SignatureV3.Authorization(parsing: vector.authorization))
    let made = SignatureV3.authorization(
      accessKeyID: parsed.accessKeyID, secret: RedactedSecret(vector.secret), method: "POST",
      query: vector.query, headers: vector.signedHeaders, bodyHash: vector.bodyHash)
    #expect(made == vector.authorization)
  }

  @Test(arguments: SignedRequestVector.all.filter { !$0.body.isEmpty })
  func bodyIsHashedAsItIsSent(_ vector: SignedRequestVector) {
    #expect(SignatureV3.bodyHash(Array(vector.body.utf8)) == vector.bodyHash)
  }

  @Test func emptyBodyHasTheDocumentedHash() {
    #expect(
      SignatureV3.bodyHash([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func publishedExampleIsReproduced() throws {
    let authorization = SignatureV3.authorization(
      accessKeyID: "YourAccessKeyId", secret: RedactedSecret("YourAccessKeySecret"), method: "POST",
      query: [
        ("RegionId", "cn-shanghai"),
        ("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"),
      ],
      headers: [
        ("host", "ecs.cn-shanghai.aliyuncs.com"), ("x-acs-action", "RunInstances"),
        ("x-acs-version", "2014-05-26"), ("x-acs-date", "2023-10-26T10:22:32Z"),
        ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
        ("x-acs-content-sha256", SignatureV3.bodyHash([])),
      ],
      bodyHash: SignatureV3.bodyHash([]))
    let parsed = try #require(SignatureV3.Authorization(parsing: authorization))
    #expect(parsed.signature == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
  }

  @Test(arguments: [
    "", "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host",
    "AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b", "ACS3-HMAC-SHA256 Credential",
  ])
  func incompleteAuthorizationIsNotRead(_ header: String) {
    #expect(SignatureV3.Authorization(parsing: header) == nil)
  }

  @Test func equalHeaderNamesAreJoinedAndBlanksTrimmed() {
    let request = SignatureV3.canonicalRequest(
      method: "GET", query: [], headers: [("X-Acs-Z", "b"), ("x-acs-z", " a\t"), ("Host", " h ")],
      bodyHash: "0")
    #expect(request == "GET\n/\n\nhost:h\nx-acs-z:a,b\n\nhost;x-acs-z\n0")
  }
}

/// The older signature against what the vendor's own SDK and documentation sign.
struct SignatureRPCV1Tests {
  @Test(arguments: SignedParametersVector.all)
  func stringToSignIsThatOfTheVendor(_ vector: SignedParametersVector) {
    let parameters = PercentEncoding.decodeForm(vector.canonicalQuery.utf8)
    #expect(SignatureRPCV1.canonicalQuery(parameters.reversed()) == vector.canonicalQuery)
    #expect(
      SignatureRPCV1.stringToSign(method: vector.method, parameters: parameters) == vector.stringToSign)
  }

  @Test(arguments: SignedParametersVector.all)
  func signatureIsThatOfTheVendor(_ vector: SignedParametersVector) {
    let signature = SignatureRPCV1.signature(
      stringToSign: vector.stringToSign, secret: RedactedSecret(vector.secret))
    #expect(signature == vector.signature)
  }

  @Test(arguments: [
    (
      "DescribeDedicatedHosts", "JSON", "cn-beijing", "edb2b34af0af9a6d14deaf7c1a5315eb",
      "2023-03-13T08:34:30Z", "9NaGiOspFP5UPcwX8Iwt2YJXXuk="
    ),
    (
      "DescribeRegions", "XML", nil, "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf", "2016-02-23T12:46:24Z",
      "OLeaidS1JvxuMvnyHOwuJ+uX5qY="
    ),
  ])
  func publishedExamplesAreReproduced(
    action: String, format: String, region: String?, nonce: String, timestamp: String, signature: String
  ) {
    var parameters: [Parameter] = [
      ("Action", action), ("Format", format), ("AccessKeyId", "testid"), ("SignatureMethod", "HMAC-SHA1"),
      ("SignatureNonce", nonce), ("SignatureVersion", "1.0"), ("Timestamp", timestamp),
      ("Version", "2014-05-26"), ("Signature", "left out"),
    ]
    if let region { parameters.append(("RegionId", region)) }
    let text = SignatureRPCV1.stringToSign(method: "GET", parameters: parameters)
    #expect(
      SignatureRPCV1.signature(stringToSign: text, secret: RedactedSecret("testsecret")) == signature)
  }
}

extension SignedRequestVector {
  /// The query as a server reads it.
  var query: [Parameter] {
    guard let mark = target.firstIndex(of: "?") else { return [] }
    return PercentEncoding.decodeForm(target[target.index(after: mark)...].utf8)
  }

  var signedHeaders: [Parameter] {
    canonicalRequest.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3)
      .prefix { !$0.isEmpty }.reversed()
      .map { line in
        let halves = line.split(separator: ":", maxSplits: 1)
        return (name: String(halves[0]), value: String(halves[1]))
      }
  }

  var bodyHash: String {
    String(canonicalRequest.split(separator: "\n").last ?? "")
  }

  func canonicalized() throws -> String {
    SignatureV3.canonicalRequest(method: "POST", query: query, headers: signedHeaders, bodyHash: bodyHash)
  }
}

extension SignedParametersVector {
  var method: String { String(stringToSign.prefix { $0 != "&" }) }
}
