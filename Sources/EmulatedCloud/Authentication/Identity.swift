// SPDX-License-Identifier: Apache-2.0

/// Who calls.
struct Identity: Hashable, Sendable {
  let account: String
  /// The caller's name in full, such as `acs:ram::1000000000000001:user/emulated`.
  let arn: String
  /// The role, for a session of one.
  var role: String?
}

/// What a signature is checked with.
struct Credential: Hashable, Sendable {
  let accessKeyID: String
  let secret: String
  let token: String?
  let isActive: Bool
  /// When it ends, in milliseconds since 1970; nil never.
  let expires: Int64?
  let identity: Identity
}

extension Credential {
  /// A configured key.
  init(_ key: AccessKey) {
    self.init(
      accessKeyID: key.id, secret: key.secret, token: key.token, isActive: key.isActive, expires: nil,
      identity: Identity(account: key.account, arn: "acs:ram::\(key.account):user/\(key.id)"))
  }
}
