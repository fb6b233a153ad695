// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax

/// Hands out a session of a role to a caller who is known.
@Sendable func assumeRole(_ call: ServedCall) throws(Refusal) -> Work {
  try call.newSession { _ in [:] }
}

/// Hands out a session of a role to whoever has a token of an identity provider; the call is not signed.
@Sendable func assumeRoleWithOIDC(_ call: ServedCall) throws(Refusal) -> Work {
  let provider = call.parameters["OIDCProviderArn"] ?? ""
  guard RoleARN(provider, kind: "oidc-provider") != nil else {
    throw .invalid("OIDCProviderArn", code: "InvalidParameter.OIDCProviderArn")
  }
  let token = call.parameters["OIDCToken"] ?? ""
  guard (4...20_000).contains(token.utf8.count) else {
    throw .invalid("OIDCToken", code: "InvalidParameter.OIDCToken")
  }
  guard !token.hasSuffix("-expired") else {
    throw Refusal(400, "AuthenticationFail.OIDCToken.Expired", "This OIDC token is expired.")
  }
  return try call.newSession { role in
    [
      "OIDCTokenInfo": [
        "Subject": .string("system:serviceaccount:emulated:\(role.name)"),
        "Issuer": "https://oidc.example.com",
        "ClientIds": "sts.aliyuncs.com", "VerificationInfo": "Success",
        "IssuanceTime": .string(UTCTime(milliseconds: call.moment.wall).iso8601),
        "ExpirationTime": .string(UTCTime(milliseconds: call.moment.wall + 3_600_000).iso8601),
      ]
    ]
  }
}

/// The name of a role, `acs:ram::ACCOUNT:role/NAME`, or of an identity provider.
struct RoleARN: Hashable, Sendable {
  let account: String
  let name: String

  init?(_ text: String, kind: String = "role") {
    let fields = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
    guard fields.count == 5, fields[0] == "acs", fields[1] == "ram", fields[2].isEmpty, !fields[3].isEmpty,
      fields[4].hasPrefix("\(kind)/"), fields[4].count > kind.count + 1
    else { return nil }
    account = String(fields[3])
    name = String(fields[4].dropFirst(kind.count + 1))
  }
}

extension ServedCall {
  fileprivate func newSession(_ more: (RoleARN) -> [String: JSONValue]) throws(Refusal) -> Work {
    let (role, sessionName, seconds) = try sessionParameters()
    let expires = moment.wall + Int64(seconds) * 1000
    let arn = "acs:ram::\(role.account):assumed-role/\(role.name)/\(sessionName)"
    let session = Credential(
      accessKeyID: "STS." + identifiers.text(24), secret: identifiers.text(44), token: identifiers.text(120),
      isActive: true, expires: expires, identity: Identity(account: role.account, arn: arn, role: role.name))
    var reply: [String: JSONValue] = [
      "AssumedRoleUser": [
        "Arn": .string(arn), "AssumedRoleId": .string("\(numericID(role.name)):\(sessionName)"),
      ],
      "Credentials": [
        "AccessKeyId": .string(session.accessKeyID), "AccessKeySecret": .string(session.secret),
        "SecurityToken": .string(session.token ?? ""),
        "Expiration": .string(UTCTime(milliseconds: expires).iso8601),
      ],
    ]
    reply.merge(more(role)) { first, _ in first }
    return Work(writes: true) { [reply] transaction in
      try transaction.insertSession(session)
      authenticator.add(session: session)
      return ServedReply(members: reply.unbraced)
    }
  }

  private func sessionParameters() throws(Refusal) -> (role: RoleARN, session: String, seconds: Int) {
    guard let role = RoleARN(parameters["RoleArn"] ?? "") else {
      throw .invalid("RoleArn", code: "InvalidParameter.RoleArn")
    }
    guard !settings.finds(role.name, .missing) else { throw .notFound("EntityNotExist.Role", "Role") }
    let session = parameters["RoleSessionName"] ?? ""
    let isPlain = session.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || ".@-_".unicodeScalars.contains($0)
    }
    guard isPlain, (2...64).contains(session.count) else {
      throw .invalid("RoleSessionName", code: "InvalidParameter.RoleSessionName")
    }
    let seconds = try parameters.integer("DurationSeconds") ?? 3600
    guard (900...43_200).contains(seconds) else {
      throw .invalid("DurationSeconds", code: "InvalidParameter.DurationSeconds")
    }
    return (role, session, seconds)
  }
}

/// A number of 18 digits that stands for `text`, as the service numbers its principals.
func numericID(_ text: String) -> String {
  var print = TextFingerprint()
  print.add(text)
  let number = UInt64(print.text, radix: 16) ?? 0
  return String(number % 900_000_000_000_000_000 + 100_000_000_000_000_000)
}
