// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

extension Credentials {
  /// Stands for nobody: a request with it bears no signature.
  static let anonymous = Credentials(accessKeyID: "", accessKeySecret: RedactedSecret(""))

  var isAnonymous: Bool { accessKeyID.isEmpty }

  /// Reads the members `AccessKeyId`, `AccessKeySecret`, `SecurityToken` and `Expiration`, all of which must be there.
  ///
  /// - Parameters:
  ///   - json: the object that STS, the metadata service and a credentials URI hand out.
  ///   - source: the name of the source, for the message.
  init(temporary json: JSONValue, source: String) throws(CredentialFailure) {
    func member(_ name: String) throws(CredentialFailure) -> String {
      guard let text = json[name]?.string, !text.isEmpty else {
        throw CredentialFailure(source, "the answer has no \(name)")
      }
      return text
    }
    let end = try member("Expiration")
    guard let expiration = UTCTime(iso8601: end) else {
      throw CredentialFailure(source, "the answer's Expiration is not of the form 2026-01-02T03:04:05Z")
    }
    self.init(
      accessKeyID: try member("AccessKeyId"), accessKeySecret: RedactedSecret(try member("AccessKeySecret")),
      securityToken: RedactedSecret(try member("SecurityToken")), expiration: expiration)
  }
}
