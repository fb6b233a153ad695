// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// `kiln whoami` with every way to credentials, against services on this machine.
@Suite struct WhoAmITests {
  private static let account = "1234567890123456"
  private static let config = """
    {"current": "keys", "profiles": [
      {"name": "keys", "mode": "AK", "access_key_id": "reader", "access_key_secret": "secret"},
      {"name": "session", "mode": "StsToken", "access_key_id": "temporary", "access_key_secret": "secret",
       "sts_token": "token"},
      {"name": "role", "mode": "RamRoleArn", "access_key_id": "reader", "access_key_secret": "secret",
       "ram_role_arn": "acs:ram::1234567890123456:role/builder", "ram_session_name": "ci"},
      {"name": "chained", "mode": "ChainableRamRoleArn", "source_profile": "keys",
       "ram_role_arn": "acs:ram::1234567890123456:role/other", "ram_session_name": "ci"},
      {"name": "pod", "mode": "OIDC", "ram_role_arn": "acs:ram::1234567890123456:role/pod",
       "oidc_provider_arn": "acs:ram::1234567890123456:oidc-provider/ack", "oidc_token_file": "jwt",
       "ram_session_name": "pod"},
      {"name": "command", "mode": "External", "process_command": "cat keys.json"},
      {"name": "machine", "mode": "EcsRamRole", "ram_role_name": "builder"},
      {"name": "uri", "mode": "CredentialsURI", "credentials_uri": "http://127.0.0.1:PORT/uri"}
    ]}
    """
  private static let keys = """
    {"mode": "AK", "access_key_id": "reader", "access_key_secret": "secret"}
    """
  private static let served = """
    {"Code": "Success", "AccessKeyId": "temporary", "AccessKeySecret": "secret", "SecurityToken": "token",
     "Expiration": "2099-01-02T03:04:05Z"}
    """

  @Test(arguments: ["keys", "session", "role", "chained", "pod", "command", "machine", "uri"])
  func namesSourceAccountAndExpiry(profile: String) async throws {
    try await withLoopbackServer { request in
      if request.target.contains("/api/token") { return .answer(body: "metadata-token") }
      return .answer(body: Self.served)
    } do: { port in
      try await withBinary { binary in
        let address = try await binary.emulator(
          accessKeys: ["reader:secret:\(Self.account)", "temporary:secret:\(Self.account):token"])
        try binary.write(
          Self.config.replacing("PORT", with: String(port)), to: ".aliyun/config.json")
        try binary.write(Self.keys, to: "keys.json")
        try binary.write("header.payload.signature", to: "jwt")
        let result = try await binary.kiln(
          ["whoami", "--profile", profile, "--endpoint", address],
          environment: ["KILN_METADATA_ENDPOINT": "http://127.0.0.1:\(port)"])
        #expect(result.exitCode == 0, "\(result)")
        #expect(result.output.contains("account    \(Self.account)\n"), "\(result)")
        #expect(result.output.contains("source     default/cli_profile/"), "\(result)")
        let isFixed = ["keys", "session", "command"].contains(profile)
        #expect(result.output.contains("expires    never\n") == isFixed, "\(result)")
        #expect(!result.output.contains("secret") && !result.output.contains("token"))
      }
    }
  }

  @Test func eachSourceThatWasAskedInVainHasALine() async throws {
    try await withBinary { binary in
      let environment = ["ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"]
      let result = try await binary.kiln(["whoami"], environment: environment)
      #expect(result.exitCode == 1)
      #expect(
        result.talk == """
          error: no credentials were found
            env: ALIBABA_CLOUD_ACCESS_KEY_ID is not set
            oidc_role_arn: ALIBABA_CLOUD_ROLE_ARN is not set
            cli_profile: \(binary.folder)/.aliyun/config.json does not exist
            profile: \(binary.folder)/.alibabacloud/credentials does not exist

          """)
      let events = try await binary.kiln(["whoami", "--json"], environment: environment)
      #expect(events.output.contains(#""summary":"no credentials were found""#), "\(events)")
      #expect(events.output.contains(#""detail":"env: ALIBABA_CLOUD_ACCESS_KEY_ID is not set\noidc"#))
    }
  }

  @Test func debugLinesNameTheSource() async throws {
    try await withBinary { binary in
      let address = try await binary.emulator(accessKeys: ["reader:secret:\(Self.account)"])
      let result = try await binary.kiln(
        ["whoami", "--endpoint", address, "--debug"],
        environment: ["ALIBABA_CLOUD_ACCESS_KEY_ID": "reader", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "secret"])
      #expect(
        result.talk.hasPrefix("debug: credentials key=reader source=default/env\ndebug: call "), "\(result)")
      #expect(!result.talk.contains("secret"))
    }
  }

  @Test func theEnvironmentComesFirst() async throws {
    try await withBinary { binary in
      let address = try await binary.emulator(accessKeys: ["reader:secret:\(Self.account)"])
      try binary.write(Self.config, to: ".aliyun/config.json")
      let result = try await binary.kiln(
        ["whoami", "--endpoint", address],
        environment: ["ALIBABA_CLOUD_ACCESS_KEY_ID": "reader", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "secret"])
      #expect(result.output.contains("source     default/env\n"), "\(result)")
    }
  }

  @Test(arguments: ["KILN_STS_ENDPOINT", "KILN_METADATA_ENDPOINT"])
  func anEndpointThatIsNoneIsRefused(variable: String) async throws {
    try await withBinary { binary in
      let result = try await binary.kiln(["whoami"], environment: [variable: "ht!tp"])
      #expect(result.exitCode == 1, "\(result)")
      #expect(
        result.talk == "error: \"ht!tp\" is not an endpoint; expected https://host or https://host:port\n")
    }
  }
}
