// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The older signature of RPC-style operations, `HMAC-SHA1` with `SignatureVersion=1.0`, as pure functions.
///
/// Source: help topic "V2 request body and signature mechanism" (the older name is "RPC signature V1").
package enum SignatureRPCV1 {
  /// The parameter that carries the signature and is not itself signed.
  package static let parameterName = "Signature"

  /// The canonicalized query string of all parameters, those of query and form together; `Signature` is left out.
  package static func canonicalQuery(_ parameters: [Parameter]) -> String {
    PercentEncoding.encode(parameters.filter { $0.name != parameterName }.sortedByBytes())
  }

  /// The string to sign.
  ///
  /// - Parameters:
  ///   - method: `GET` or `POST`.
  ///   - parameters: the decoded parameters of query and form, in any order.
  package static func stringToSign(method: String, parameters: [Parameter]) -> String {
    method + "&" + PercentEncoding.encode("/") + "&" + PercentEncoding.encode(canonicalQuery(parameters))
  }

  /// The signature in Base64; it still has to be percent-encoded on its way.
  package static func signature(stringToSign: String, secret: RedactedSecret) -> String {
    let code = Hash.hmacSHA1(key: Array((secret.reveal() + "&").utf8), message: Array(stringToSign.utf8))
    return Data(code).base64EncodedString()
  }
}
