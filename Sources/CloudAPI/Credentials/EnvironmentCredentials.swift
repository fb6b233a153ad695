// SPDX-License-Identifier: Apache-2.0

/// The credentials of the environment variables, first in the official chain (`env`).
package struct EnvironmentCredentials: CredentialSource {
  package let name = "env"
  private let environment: [String: String]

  /// Reads from `environment`, as the process found it at its start.
  package init(environment: [String: String]) { self.environment = environment }

  package func credentials() async throws(CredentialFailure) -> Credentials {
    let id = try required("ALIBABA_CLOUD_ACCESS_KEY_ID")
    let secret = try required("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
    let token = environment["ALIBABA_CLOUD_SECURITY_TOKEN"] ?? ""
    return Credentials(
      accessKeyID: id, accessKeySecret: RedactedSecret(secret),
      securityToken: token.isEmpty ? nil : RedactedSecret(token))
  }

  private func required(_ variable: String) throws(CredentialFailure) -> String {
    guard let value = environment[variable], !value.isEmpty else {
      throw CredentialFailure(name, "\(variable) is not set")
    }
    return value
  }
}
