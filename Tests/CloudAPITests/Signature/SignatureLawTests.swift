// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import TestSupport
import Testing

/// Signing is indifferent to the order of parameters and sensitive to every byte.
struct SignatureLawTests {
  @Test(arguments: UInt64(1)...40)
  func orderChangesNothing(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let request = RandomRequest(from: &random)
    var shuffled = request
    shuffled.query.shuffle(using: &random)
    shuffled.headers.shuffle(using: &random)
    #expect(request.signedV3 == shuffled.signedV3)
    #expect(request.signedV1 == shuffled.signedV1)
  }

  @Test(arguments: UInt64(1)...40)
  func everyByteMatters(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let request = RandomRequest(from: &random)
    for index in request.query.indices {
      var other = request
      other.query[index].value = altered(other.query[index].value, by: &random)
      #expect(request.signedV3 != other.signedV3)
      #expect(request.signedV1 != other.signedV1)
      other = request
      other.query[index].name += "x"
      #expect(request.signedV3 != other.signedV3)
      #expect(request.signedV1 != other.signedV1)
    }
    for index in request.headers.indices {
      var other = request
      other.headers[index].value += "."
      #expect(request.signedV3 != other.signedV3)
    }
    var other = request
    other.body.append(0)
    #expect(request.signedV3 != other.signedV3)
    other = request
    other.secret = altered(other.secret, by: &random)
    #expect(request.signedV3 != other.signedV3)
    #expect(request.signedV1 != other.signedV1)
    other = request
    other.method = "GET"
    #expect(request.signedV3 != other.signedV3)
    #expect(request.signedV1 != other.signedV1)
  }

  @Test(arguments: UInt64(1)...40)
  func whatIsEncodedIsReadBack(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let request = RandomRequest(from: &random)
    let text = SignatureV3.canonicalQuery(request.query)
    let read = PercentEncoding.decodeForm(text.utf8)
    #expect(SignatureV3.canonicalQuery(read) == text)
    #expect(read.count == request.query.count)
  }

  private func altered(_ text: String, by random: inout SplitMix64) -> String {
    var scalars = Array(text.unicodeScalars)
    let index = Int.random(in: 0..<max(1, scalars.count), using: &random)
    if scalars.isEmpty { return "+" }
    scalars[index] = scalars[index] == "q" ? "r" : "q"
    return String(String.UnicodeScalarView(scalars))
  }
}

/// A request of random parameters, Unicode and reserved characters among them.
private struct RandomRequest {
  var method = "POST"
  var query: [Parameter]
  var headers: [Parameter]
  var body: [UInt8]
  var secret: String

  init(from random: inout SplitMix64) {
    query = (0..<Int.random(in: 1...14, using: &random)).map { index in
      (name: "Tag.\(index).Key", value: Self.text(from: &random))
    }
    headers = [("host", "h"), ("x-acs-action", "A"), ("x-acs-date", Self.text(from: &random) + "z")]
    body = Array(Self.text(from: &random).utf8)
    secret = Self.text(from: &random) + "s"
  }

  static func text(from random: inout SplitMix64) -> String {
    let letters = Array("aZ9 +*~%&=/é你🚀\n.")
    return String(
      (0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
  }

  var signedV3: String {
    SignatureV3.authorization(
      accessKeyID: "id", secret: RedactedSecret(secret), method: method, query: query, headers: headers,
      bodyHash: SignatureV3.bodyHash(body))
  }

  var signedV1: String {
    SignatureRPCV1.signature(
      stringToSign: SignatureRPCV1.stringToSign(method: method, parameters: query),
      secret: RedactedSecret(secret))
  }
}
