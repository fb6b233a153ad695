// SPDX-License-Identifier: Apache-2.0

/// Where credentials come from.
package protocol CredentialSource: Sendable {
  /// The official name of the source, `env` or `default/cli_profile/static_ak`; it goes into logs and `whoami`.
  var name: String { get }

  /// The credentials as they are valid now; fetched anew where the kept ones near their end.
  func credentials() async throws(CredentialFailure) -> Credentials

  /// The name of the source that answered last, where this one chooses among several.
  var chosenName: String { get async }

  /// Fetches anew after the service has refused `rejected`; a source of fixed credentials gives the same again.
  func credentials(replacing rejected: Credentials) async throws(CredentialFailure) -> Credentials
}

extension CredentialSource {
  /// The source's own name.
  package var chosenName: String { get async { name } }

  /// The same credentials.
  package func credentials(replacing rejected: Credentials) async throws(CredentialFailure) -> Credentials {
    try await credentials()
  }
}

/// Why there are no credentials: what each source that was asked said.
package struct CredentialFailure: Error, Hashable, Sendable {
  /// One source and its message.
  package struct Finding: Hashable, Sendable {
    /// The official name of the source.
    package let source: String
    /// What is missing or went wrong; never a secret.
    package let message: String

    /// Makes a finding.
    package init(source: String, message: String) {
      self.source = source
      self.message = message
    }
  }

  /// The findings in the order in which the sources were asked.
  package let findings: [Finding]

  /// Makes a failure of several findings.
  package init(_ findings: [Finding]) { self.findings = findings }

  /// Makes the failure of one source.
  package init(_ source: String, _ message: String) {
    self.init([Finding(source: source, message: message)])
  }
}

extension CredentialFailure: CustomStringConvertible {
  /// What went wrong, where several sources were asked in vain.
  package static let summary = "no credentials were found"

  package var description: String {
    let findings = findings.map(\.description)
    return findings.count == 1 ? findings[0] : "\(Self.summary) (\(findings.joined(separator: "; ")))"
  }
}

extension CredentialFailure.Finding: CustomStringConvertible {
  package var description: String { "\(source): \(message)" }
}

/// Credentials that are known from the start and never change.
package struct FixedCredentials: CredentialSource {
  package let name: String
  private let value: Credentials

  /// Makes a source of `credentials` under an official name such as `static_ak`.
  package init(_ credentials: Credentials, name: String = "static_ak") {
    value = credentials
    self.name = name
  }

  package func credentials() async throws(CredentialFailure) -> Credentials { value }
}
