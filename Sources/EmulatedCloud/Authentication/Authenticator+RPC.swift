// SPDX-License-Identifier: Apache-2.0

import CloudAPI

extension Authenticator {
  /// Checks the signature in the parameter `Signature`.
  func verifyRPC(_ call: ReceivedCall, _ signature: String, at now: Int64) throws(Refusal) -> (
    Credential, nonce: String
  ) {
    let parameters = call.gateway
    guard let id = parameters["AccessKeyId"], !id.isEmpty else { throw .missing("AccessKeyId") }
    guard parameters["SignatureMethod"] == "HMAC-SHA1" else {
      throw Refusal(400, "InvalidSignatureMethod", "The specified signature method is not supported.")
    }
    guard parameters["SignatureVersion"] == "1.0" else { throw .incompleteSignature }
    guard let nonce = parameters["SignatureNonce"], !nonce.isEmpty else { throw .missing("SignatureNonce") }
    try check(parameters["Timestamp"], within: 31 * 60_000, of: now)
    let credential = try credential(id, token: parameters["SecurityToken"], at: now)

    let text = SignatureRPCV1.stringToSign(method: call.request.method, parameters: call.query + call.form)
    let expected = SignatureRPCV1.signature(stringToSign: text, secret: RedactedSecret(credential.secret))
    try check(signature, is: expected, of: text)
    return (credential, nonce)
  }
}
