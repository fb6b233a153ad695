// SPDX-License-Identifier: Apache-2.0

/// The signature `ACS3-HMAC-SHA256`, as pure functions that a client signs with and a server verifies with.
///
/// Source: help topic "V3 request body and signature mechanism".
package enum SignatureV3 {
  /// The name that opens the `Authorization` header and the string to sign.
  package static let algorithm = "ACS3-HMAC-SHA256"

  /// The value of `x-acs-content-sha256`: lower-case hexadecimal SHA-256 of the body as it is sent.
  package static func bodyHash(_ body: [UInt8]) -> String { Hash.sha256(body) }

  /// Whether a client signs a header of this lower-case name: those that no HTTP stack rewrites.
  package static func signs(_ name: String) -> Bool {
    name == "host" || name == "content-type" || name.hasPrefix("x-acs-")
  }

  /// The canonical request.
  ///
  /// - Parameters:
  ///   - method: `GET` or `POST`.
  ///   - path: the encoded path; `/` for ECS and STS.
  ///   - query: the decoded parameters of the query, in any order. Those of a form body do not belong here.
  ///   - headers: exactly the headers that are signed, in any order and case; equal names are joined with `,`.
  ///   - bodyHash: the value of ``bodyHash(_:)``.
  package static func canonicalRequest(
    method: String, path: String = "/", query: [Parameter], headers: [Parameter], bodyHash: String
  ) -> String {
    let signed = canonical(headers)
    let lines = signed.map { $0.name + ":" + $0.value + "\n" }.joined()
    return [
      method, path, canonicalQuery(query), lines, signed.map(\.name).joined(separator: ";"), bodyHash,
    ].joined(separator: "\n")
  }

  /// The query as it is signed: sorted by the bytes of the name, percent-encoded.
  ///
  /// It may serve as the URL's query.
  package static func canonicalQuery(_ query: [Parameter]) -> String {
    PercentEncoding.encode(query.sortedByBytes())
  }

  /// The string to sign of a canonical request.
  package static func stringToSign(canonicalRequest: String) -> String {
    algorithm + "\n" + Hash.sha256(Array(canonicalRequest.utf8))
  }

  /// The signature, 64 lower-case hexadecimal digits.
  package static func signature(stringToSign: String, secret: RedactedSecret) -> String {
    Hash.hmacSHA256(key: Array(secret.reveal().utf8), message: Array(stringToSign.utf8))
  }

  /// The value of the `Authorization` header for a request with exactly `headers` signed.
  package static func authorization(
    accessKeyID: String, secret: RedactedSecret,
    method: String, path: String = "/", query: [Parameter], headers: [Parameter], bodyHash: String
  ) -> String {
    let request = canonicalRequest(
      method: method, path: path, query: query, headers: headers, bodyHash: bodyHash)
    let signature = signature(stringToSign: stringToSign(canonicalRequest: request), secret: secret)
    let names = canonical(headers).map(\.name).joined(separator: ";")
    return "\(algorithm) Credential=\(accessKeyID),SignedHeaders=\(names),Signature=\(signature)"
  }

  private static func canonical(_ headers: [Parameter]) -> [Parameter] {
    var values: [String: [String]] = [:]
    for header in headers {
      values[header.name.lowercased(), default: []].append(trimmed(header.value))
    }
    return values.map { (name: $0.key, value: $0.value.sorted(by: precedes).joined(separator: ",")) }
      .sortedByBytes()
  }

  private static func trimmed(_ value: String) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let first = value.firstIndex(where: { !isBlank($0) }),
      let last = value.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(value[first...last])
  }
}

extension SignatureV3 {
  /// An `Authorization` header taken apart.
  package struct Authorization: Hashable, Sendable {
    /// The id of the AccessKey that signed.
    package let accessKeyID: String
    /// The names of the signed headers as written, split at `;`.
    package let signedHeaders: [String]
    /// The signature, as written.
    package let signature: String

    /// Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`; nothing, where a part is missing.
    package init?(parsing header: String) {
      let halves = header.split(separator: " ", maxSplits: 1)
      guard halves.count == 2, halves[0] == SignatureV3.algorithm else { return nil }
      var fields: [Substring: String] = [:]
      for field in halves[1].split(separator: ",") {
        let pair = field.drop { $0 == " " }
          .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return nil }
        fields[pair[0]] = String(pair[1])
      }
      guard let id = fields["Credential"], let names = fields["SignedHeaders"],
        let signature = fields["Signature"]
      else { return nil }
      accessKeyID = id
      signedHeaders = names.split(separator: ";").map(String.init)
      self.signature = signature
    }
  }
}
