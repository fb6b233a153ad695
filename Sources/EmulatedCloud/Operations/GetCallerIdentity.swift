// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Says who calls.
@Sendable func getCallerIdentity(_ call: ServedCall) throws(Refusal) -> Work {
  let identity = call.identity
  let user = numericID(identity.arn)
  var reply: [String: JSONValue] = [
    "AccountId": .string(identity.account), "Arn": .string(identity.arn),
    "IdentityType": identity.role == nil ? "RAMUser" : "AssumedRoleUser",
  ]
  if let role = identity.role {
    let session = identity.arn.split(separator: "/").last ?? ""
    reply["RoleId"] = .string(numericID(role))
    reply["PrincipalId"] = .string("\(numericID(role)):\(session)")
  } else {
    reply["UserId"] = .string(user)
    reply["PrincipalId"] = .string(user)
  }
  return Work(writes: false) { [reply] _ in ServedReply(members: reply.unbraced) }
}
