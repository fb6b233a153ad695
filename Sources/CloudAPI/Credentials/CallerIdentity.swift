// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Who credentials belong to, by the account of STS.
package struct CallerIdentity: Hashable, Sendable {
  /// The account's id, as it stands in ARNs.
  package let accountID: String
  /// The ARN of the user or role session.
  package let arn: String?
  /// `Account`, `RAMUser` or `AssumedRoleUser`.
  package let identityType: String?
}

/// What `whoami` tells: who signs, and where the key comes from.
///
/// No secret is in it.
package struct Identification: Hashable, Sendable {
  /// The official name of the source that was chosen.
  package let source: String
  /// The public name of the key.
  package let accessKeyID: String
  /// When the credentials end, where they do.
  package let expiration: UTCTime?
  /// Who they belong to.
  package let identity: CallerIdentity
}

extension CredentialSurroundings {
  /// Asks STS (GetCallerIdentity) whom the credentials of `source` belong to.
  ///
  /// - Parameters:
  ///   - source: where the credentials come from.
  ///   - network: which face of STS.
  package func identify(
    _ source: any CredentialSource, network: Network = .public
  ) async throws(CallFailure) -> Identification {
    let reply = try await sts(source, regionID: nil, network: network)
      .send(Call("GetCallerIdentity", of: .sts, kind: .read, shape: .text("AccountId")))
    let credentials: Credentials
    do { credentials = try await source.credentials() } catch { throw .credentials(error) }
    return Identification(
      source: await source.chosenName, accessKeyID: credentials.accessKeyID,
      expiration: credentials.expiration,
      identity: CallerIdentity(
        accountID: reply["AccountId"]?.string ?? "", arn: reply["Arn"]?.string,
        identityType: reply["IdentityType"]?.string))
  }
}
