// SPDX-License-Identifier: Apache-2.0

/// What a request is signed with.
///
/// Printing it shows no secret.
package struct Credentials: Hashable, Sendable {
  /// The public name of the key.
  package let accessKeyID: String
  /// The key's secret.
  package let accessKeySecret: RedactedSecret
  /// The token that temporary credentials come with; of any length.
  package let securityToken: RedactedSecret?
  /// When they end, where they do.
  package let expiration: UTCTime?

  /// Makes credentials.
  package init(
    accessKeyID: String, accessKeySecret: RedactedSecret, securityToken: RedactedSecret? = nil,
    expiration: UTCTime? = nil
  ) {
    self.accessKeyID = accessKeyID
    self.accessKeySecret = accessKeySecret
    self.securityToken = securityToken
    self.expiration = expiration
  }
}

extension Credentials: CustomStringConvertible {
  package var description: String {
    let end = expiration.map { " until " + $0.iso8601 } ?? ""
    return accessKeyID + (securityToken == nil ? "" : " (temporary)") + end
  }
}
