// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Credentials that a program of the user's writes to its standard output (`external`).
struct ExternalCredentials: Sendable {
  private static let name = "external"

  let command: String
  let surroundings: CredentialSurroundings

  /// The source; without an expiration the program is run for each call.
  var source: RefreshingCredentials {
    RefreshingCredentials(
      name: Self.name, margin: .seconds(180), keepsEndless: false, time: surroundings.time
    ) { () async throws(CredentialFailure) -> Credentials in try await fetch() }
  }

  private func fetch() async throws(CredentialFailure) -> Credentials {
    guard let words = shellWords(command), !words.isEmpty else {
      throw CredentialFailure(Self.name, "process_command is empty or its quotes are not closed")
    }
    let outcome: CredentialSurroundings.ProcessOutcome
    do { outcome = try await surroundings.run(words, .seconds(60)) } catch {
      throw CredentialFailure(Self.name, "\(words[0]) cannot be run: \(error)")
    }
    guard outcome.status == 0 else {
      throw CredentialFailure(Self.name, "\(words[0]) ended with status \(outcome.status)")
    }
    guard let json = try? JSONValue(parsing: outcome.output) else {
      throw CredentialFailure(Self.name, "\(words[0]) did not write JSON")
    }
    func member(_ name: String) -> String? { json[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
    guard let id = member("access_key_id"), let secret = member("access_key_secret") else {
      throw CredentialFailure(Self.name, "\(words[0]) wrote no access_key_id and access_key_secret")
    }
    let token = member("sts_token")
    if token == nil, member("mode") == "StsToken" {
      throw CredentialFailure(Self.name, "\(words[0]) wrote no sts_token for mode StsToken")
    }
    var expiration: UTCTime?
    if let end = member("expiration") {
      guard let time = UTCTime(iso8601: end) else {
        throw CredentialFailure(Self.name, "the expiration is not of the form 2026-01-02T03:04:05Z")
      }
      expiration = time
    }
    return Credentials(
      accessKeyID: id, accessKeySecret: RedactedSecret(secret), securityToken: token.map(RedactedSecret.init),
      expiration: expiration)
  }
}

/// Splits a command line as a shell does: blanks separate, quotes and backslashes hold together.
///
/// - Returns: nothing where a quote is not closed or a backslash is last.
func shellWords(_ line: String) -> [String]? {
  var words: [String] = []
  var word: String?
  var quote: Character?
  var isEscaped = false
  for character in line {
    if isEscaped {
      // Between double quotes a backslash only guards what would have a meaning there.
      if quote == "\"", !"\"\\$`".contains(character) { word = (word ?? "") + "\\" }
      word = (word ?? "") + String(character)
      isEscaped = false
    } else if character == "\\", quote != "'" {
      isEscaped = true
    } else if let open = quote {
      if character == open { quote = nil } else { word = (word ?? "") + String(character) }
    } else if character == "'" || character == "\"" {
      quote = character
      word = word ?? ""
    } else if character.isWhitespace {
      if let done = word { words.append(done) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  guard quote == nil, !isEscaped else { return nil }
  return words + (word.map { [$0] } ?? [])
}
