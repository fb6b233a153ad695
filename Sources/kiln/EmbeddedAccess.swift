// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import Manifests

/// Where the embedded service listens, and the keys by which it knows the accounts of targets.
struct EmbeddedAccess: Sendable {
  /// Its address.
  let url: String
  /// One key an account.
  let keys: [AccessKey]

  /// A key for each account that `targets` name.
  static func keys(for targets: [Target]) -> [AccessKey] {
    let accounts = Set(targets.map(\.embeddedAccount)).sorted()
    return accounts.map { account in
      AccessKey(
        id: accounts.count == 1 ? AccessKey.default.id : "\(AccessKey.default.id)-\(account)",
        secret: AccessKey.default.secret, account: account)
    }
  }

  /// What calls of `target` are signed with.
  func credentials(for target: Target) -> FixedCredentials {
    let key = keys.first { $0.account == target.embeddedAccount } ?? .default
    return FixedCredentials(
      Credentials(accessKeyID: key.id, accessKeySecret: RedactedSecret(key.secret)), name: "embedded")
  }
}

extension Target {
  fileprivate var embeddedAccount: String { accountID ?? AccessKey.defaultAccount }
}
