// SPDX-License-Identifier: Apache-2.0

import CloudAPI

extension Authenticator {
  /// Checks the signature in the `Authorization` header.
  func verifyV3(_ call: ReceivedCall, _ header: String, at now: Int64) throws(Refusal) -> (
    Credential, nonce: String
  ) {
    let headers = call.request.headers
    guard header.hasPrefix(SignatureV3.algorithm + " ") else {
      throw Refusal(400, "InvalidSignatureMethod", "The specified signature method is not supported.")
    }
    guard let authorization = SignatureV3.Authorization(parsing: header) else { throw .incompleteSignature }
    let signed = Set(authorization.signedHeaders)
    let owed = headers.keys.filter { $0 == "host" || $0.hasPrefix("x-acs-") }
    guard signed.contains("host"), signed.isSuperset(of: owed), signed.isSubset(of: Set(headers.keys)) else {
      throw .incompleteSignature
    }
    try check(headers["x-acs-date"], within: 15 * 60_000, of: now)
    guard let nonce = headers["x-acs-signature-nonce"], !nonce.isEmpty else {
      throw .missing("SignatureNonce")
    }
    guard let bodyHash = headers["x-acs-content-sha256"] else { throw .incompleteSignature }
    let credential = try credential(
      authorization.accessKeyID, token: headers["x-acs-security-token"], at: now)

    let canonical = SignatureV3.canonicalRequest(
      method: call.request.method, path: call.request.path, query: call.query,
      headers: authorization.signedHeaders.map { ($0, headers[$0] ?? "") }, bodyHash: bodyHash)
    let text = SignatureV3.stringToSign(canonicalRequest: canonical)
    let expected = SignatureV3.signature(stringToSign: text, secret: RedactedSecret(credential.secret))
    try check(authorization.signature, is: expected, of: text)
    guard bodyHash == SignatureV3.bodyHash(call.request.body) else {
      throw Refusal(
        400, "SignatureDoesNotMatch", "The body is not the one whose x-acs-content-sha256 was signed.")
    }
    return (credential, nonce)
  }
}

extension Refusal {
  /// A signature that lacks a part.
  static let incompleteSignature = Refusal(
    400, "IncompleteSignature", "The request signature does not conform to the standards.")
}
