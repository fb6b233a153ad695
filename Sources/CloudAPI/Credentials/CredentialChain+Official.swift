// SPDX-License-Identifier: Apache-2.0

extension CredentialChain {
  /// The chain of the vendor's SDKs: environment, OIDC, CLI profile, ini profile, machine's role, credentials URI.
  ///
  /// - Parameters:
  ///   - profile: a profile that is meant and no other source: only the two profile files are read then, so that a
  ///     runner's variables never redirect a target.
  ///   - surroundings: what the sources know of the machine.
  package static func official(
    profile: String?, _ surroundings: CredentialSurroundings
  ) -> CredentialChain {
    var surroundings = surroundings
    if profile != nil { surroundings.forgetKeys() }
    return CredentialChain(candidates(profile: profile, surroundings), logger: surroundings.logger)
  }

  private static func candidates(
    profile: String?, _ surroundings: CredentialSurroundings
  ) -> [Candidate] {
    let cli = Candidate { () throws(CredentialFailure) in
      try CLIProfile(surroundings: surroundings).source(pinned: profile)
    }
    let ini = Candidate { () throws(CredentialFailure) in
      try INIProfile(surroundings: surroundings).source(pinned: profile)
    }
    if profile != nil { return [cli, ini] }
    return [Candidate { EnvironmentCredentials(environment: surroundings.environment) }]
      + [Candidate { () throws(CredentialFailure) in try surroundings.oidc() }]
      + (surroundings.isSet("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") ? [] : [cli]) + [ini]
      + (surroundings.isSet("ALIBABA_CLOUD_ECS_METADATA_DISABLED") ? [] : [surroundings.machine])
      + (surroundings.variable("ALIBABA_CLOUD_CREDENTIALS_URI").map { [surroundings.uri($0)] } ?? [])
  }
}

extension CredentialSurroundings {
  /// Takes out the variables that would fill gaps of a profile with another account's keys.
  fileprivate mutating func forgetKeys() {
    for variable in [
      "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN",
      "ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_ROLE_SESSION_NAME",
    ] { environment[variable] = nil }
  }

  /// The role that the environment names for the bearer of a token, as in a pod.
  fileprivate func oidc() throws(CredentialFailure) -> any CredentialSource {
    let name = "oidc_role_arn"
    func required(_ variable: String) throws(CredentialFailure) -> String {
      guard let value = self.variable(variable) else {
        throw CredentialFailure(name, "\(variable) is not set")
      }
      return value
    }
    let role = try AssumedRole(
      arn: try required("ALIBABA_CLOUD_ROLE_ARN"), sessionName: sessionName,
      stsRegionID: variable("ALIBABA_CLOUD_STS_REGION"),
      network: isSet("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED") ? .vpc : .public, source: name)
    let oidc = AssumedRole.OIDC(
      providerARN: try required("ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
      tokenFile: try required("ALIBABA_CLOUD_OIDC_TOKEN_FILE"))
    return role.source(for: oidc, self)
  }

  fileprivate var machine: CredentialChain.Candidate {
    CredentialChain.Candidate {
      MetadataCredentials(roleName: variable("ALIBABA_CLOUD_ECS_METADATA"), surroundings: self).source
    }
  }

  fileprivate func uri(_ uri: String) -> CredentialChain.Candidate {
    CredentialChain.Candidate { URICredentials(uri: uri, surroundings: self).source }
  }
}
