// SPDX-License-Identifier: Apache-2.0

/// The credentials of the environment variables, first in the official chain (`env`).
package struct EnvironmentCredentials: CredentialSource {
  package let name = "env"
  private let id: String?
  private let secret: RedactedSecret?
  private let token: RedactedSecret?

  /// Reads from `environment`, as the process found it at its start.
  package init(environment: [String: String]) {
    func value(_ variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
    id = value("ALIBABA_CLOUD_ACCESS_KEY_ID")
    secret = value("ALIBABA_CLOUD_ACCESS_KEY_SECRET").map(RedactedSecret.init)
    token = value("ALIBABA_CLOUD_SECURITY_TOKEN").map(RedactedSecret.init)
  }

  package func credentials() async throws(CredentialFailure) -> Credentials {
    guard let id else { throw CredentialFailure(name, "ALIBABA_CLOUD_ACCESS_KEY_ID is not set") }
    guard let secret else { throw CredentialFailure(name, "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set") }
    return Credentials(accessKeyID: id, accessKeySecret: secret, securityToken: token)
  }
}
