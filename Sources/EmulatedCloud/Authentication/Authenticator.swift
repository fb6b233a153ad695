// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Synchronization

/// Decides who sent a request, by either of the two signatures.
final class Authenticator: Sendable {
  private let configured: [String: Credential]
  private let sessions = Mutex<[String: Credential]>([:])
  private let nonces = Mutex(Nonces(lifetime: 31 * 60_000))

  init(_ keys: [AccessKey]) {
    configured = Dictionary(keys.map { ($0.id, Credential($0)) }) { _, last in last }
  }

  /// Lets a session of a role call as well.
  func add(session: Credential) {
    sessions.withLock { $0[session.accessKeyID] = session }
  }

  /// The caller of `call`, whose signature must be right.
  func identity(of call: ReceivedCall, at now: Int64, isRedelivery: Bool) throws(Refusal) -> Identity {
    let (credential, nonce) =
      switch call.signature {
      case .version3(let header): try verifyV3(call, header, at: now)
      case .rpc(let signature): try verifyRPC(call, signature, at: now)
      case .none: throw .missing("AccessKeyId")
      }
    if !isRedelivery { try check(nonce, of: credential.accessKeyID, at: now) }
    return credential.identity
  }

  /// The credential with this id, if it may be used now with `token`.
  func credential(_ id: String, token: String?, at now: Int64) throws(Refusal) -> Credential {
    guard let credential = configured[id] ?? sessions.withLock({ $0[id] }) else {
      throw .notFound("InvalidAccessKeyId.NotFound", "AccessKeyId")
    }
    guard credential.isActive else {
      throw Refusal(400, "InvalidAccessKeyId.Inactive", "The specified AccessKeyId is disabled.")
    }
    guard credential.token == nil || token != nil else {
      throw Refusal(
        400, "MissingSecurityToken", "The SecurityToken that belongs to the AccessKeyId is missing.")
    }
    guard credential.token == token else {
      throw Refusal(
        400, "InvalidSecurityToken.MismatchWithAccessKey",
        "The specified SecurityToken does not belong to the AccessKeyId.")
    }
    if let expires = credential.expires, expires <= now {
      throw Refusal(400, "InvalidSecurityToken.Expired", "The specified SecurityToken has expired.")
    }
    return credential
  }

  /// Refuses a time that lies more than `tolerance` milliseconds away from `now`.
  func check(_ date: String?, within tolerance: Int64, of now: Int64) throws(Refusal) {
    guard let date, !date.isEmpty else {
      throw Refusal(400, "IllegalTimestamp", "The time of the request is missing.")
    }
    // The reader takes fractions of a second as well, which no signature has.
    guard date.utf8.count == 20, let time = UTCTime(iso8601: date) else {
      throw Refusal(400, "InvalidTimeStamp.Format", "The time of the request is not yyyy-MM-ddTHH:mm:ssZ.")
    }
    guard abs(now - time.milliseconds) <= tolerance else {
      throw Refusal(
        400, "InvalidTimeStamp.Expired",
        "The time of the request and that of the service, \(UTCTime(milliseconds: now).iso8601), are too far apart."
      )
    }
  }

  /// Refuses a nonce that the same key has used before.
  private func check(_ nonce: String, of accessKeyID: String, at now: Int64) throws(Refusal) {
    guard nonces.withLock({ $0.admit("\(accessKeyID) \(nonce)", at: now) }) else {
      throw Refusal(400, "SignatureNonceUsed", "The specified signature nonce was used already.")
    }
  }

  /// Compares two signatures, in a time that does not tell how much of them is equal.
  func check(_ signature: String, is expected: String, of text: String) throws(Refusal) {
    let (left, right) = (Array(signature.utf8), Array(expected.utf8))
    var difference = left.count ^ right.count
    for (one, other) in zip(left, right) { difference |= Int(one ^ other) }
    guard difference == 0 else {
      throw Refusal(
        400, "SignatureDoesNotMatch",
        "Specified signature is not matched with our calculation. server string to sign is:\(text)")
    }
  }
}
