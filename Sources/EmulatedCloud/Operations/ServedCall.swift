// SPDX-License-Identifier: Apache-2.0

/// One call of an operation by a caller who is known.
struct ServedCall: Sendable {
  let operation: String
  let parameters: Parameters
  let scope: Scope
  let identity: Identity
  let moment: Moment
  let conditions: CallConditions
  let settings: EmulatorConfiguration
  let identifiers: Identifiers
  let authenticator: Authenticator

  /// The time that things created by this call bear.
  var now: Int64 { moment.service }

  /// The value of a parameter that must be there.
  func required(_ name: String, else refusal: Refusal? = nil) throws(Refusal) -> String {
    guard let value = parameters[name] else { throw refusal ?? .missing(name) }
    return value
  }
}

extension ServedCall {
  /// `work`, done once however often its ClientToken comes.
  ///
  /// Only successes are remembered, and they are remembered even when what they made is gone. Of several calls at the
  /// same time one is first, for calls follow one another in the store.
  func rememberingToken(_ work: Work) throws(Refusal) -> Work {
    guard let token = parameters["ClientToken"] else { return work }
    guard token.utf8.count <= 64, token.utf8.allSatisfy({ $0 < 128 }) else {
      throw Refusal(
        400, "InvalidClientToken.ValueNotSupported", "The ClientToken must be at most 64 ASCII characters.")
    }
    let key = TokenKey(scope: scope, operation: operation, token: token)
    let fingerprint = self.fingerprint
    let oldest = settings.tokenLifetime.map { moment.wall - $0 } ?? 0
    return Work(writes: true) { transaction in
      if let remembered = try transaction.remembered(key, since: oldest) {
        guard remembered.fingerprint == fingerprint else {
          throw Refusal(
            400, "IdempotentParameterMismatch",
            "The request uses the same client token as a previous, but non-identical request.")
        }
        return ServedReply(members: remembered.reply)
      }
      let reply = try work.body(transaction)
      let call = RememberedCall(fingerprint: fingerprint, reply: reply.members)
      try transaction.remember(call, as: key, at: moment.wall)
      return reply
    }
  }

  private var fingerprint: String {
    var print = TextFingerprint()
    for (name, value) in parameters.values.sorted(by: { $0.key < $1.key }) where name != "ClientToken" {
      print.add(name)
      print.add(value)
    }
    return print.text
  }
}
