// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Testing

/// Each source of the official chain against a double of its service.
struct ChainTests {
  /// What the machine looks like, and which source is to answer.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var environment: [String: String] = [:]
    var config: String?
    var ini: String?
    var profile: String?
    var programs: [String: String] = [:]
    let source: String
    let key: String
    var asks: [String] = []
  }

  static let noMachine = ["ALIBABA_CLOUD_ECS_METADATA_DISABLED": "TRUE"]

  static let cases: [Case] = [
    Case(
      testDescription: "environment, key",
      environment: ["ALIBABA_CLOUD_ACCESS_KEY_ID": "LTAIenv", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "s"],
      source: "default/env", key: "LTAIenv"),
    Case(
      testDescription: "environment, OIDC",
      environment: [
        "ALIBABA_CLOUD_ROLE_ARN": "acs:ram::1:role/r", "ALIBABA_CLOUD_OIDC_TOKEN_FILE": "/token",
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "acs:ram::1:oidc-provider/p",
      ],
      source: "default/oidc_role_arn", key: "STS.1", asks: ["AssumeRoleWithOIDC"]),
    Case(
      testDescription: "config.json, AK",
      config: #"{"name":"d","mode":"AK","access_key_id":"LTAIcli","access_key_secret":"s"}"#,
      source: "default/cli_profile/static_ak", key: "LTAIcli"),
    Case(
      testDescription: "config.json, StsToken",
      config: #"{"name":"d","mode":"StsToken","access_key_id":"a","access_key_secret":"s","sts_token":"t"}"#,
      source: "default/cli_profile/static_sts", key: "a"),
    Case(
      testDescription: "config.json, RamRoleArn",
      config: """
        {"name":"d","mode":"RamRoleArn","access_key_id":"LTAIbase","access_key_secret":"base-secret",\
        "ram_role_arn":"acs:ram::1:role/r","ram_session_name":"ci","expired_seconds":1800}
        """,
      source: "default/cli_profile/ram_role_arn/static_ak", key: "STS.1", asks: ["AssumeRole"]),
    Case(
      testDescription: "config.json, EcsRamRole",
      config: #"{"name":"d","mode":"EcsRamRole","ram_role_name":"builder"}"#,
      source: "default/cli_profile/ecs_ram_role", key: "STS.1",
      asks: ["PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/builder"]),
    Case(
      testDescription: "config.json, ChainableRamRoleArn",
      config: """
        {"name":"d","mode":"ChainableRamRoleArn","source_profile":"vm","ram_role_arn":"acs:ram::1:role/r"},\
        {"name":"vm","mode":"EcsRamRole","ram_role_name":"builder"}
        """,
      source: "default/cli_profile/ram_role_arn/ecs_ram_role", key: "STS.2",
      asks: [
        "PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/builder", "AssumeRole",
      ]),
    Case(
      testDescription: "config.json, OIDC",
      config: """
        {"name":"d","mode":"OIDC","ram_role_arn":"acs:ram::1:role/r","oidc_token_file":"/token",\
        "oidc_provider_arn":"acs:ram::1:oidc-provider/p","ram_session_name":"pod"}
        """,
      source: "default/cli_profile/oidc_role_arn", key: "STS.1", asks: ["AssumeRoleWithOIDC"]),
    Case(
      testDescription: "config.json, CredentialsURI",
      config:
        #"{"name":"d","mode":"CredentialsURI","credentials_uri":"http://127.0.0.1:{port}/keys?for=kiln"}"#,
      source: "default/cli_profile/credential_uri", key: "STS.1", asks: ["GET /keys?for=kiln"]),
    Case(
      testDescription: "config.json, External",
      config: #"{"name":"d","mode":"External","process_command":"/bin/keys --for 'image builder'"}"#,
      programs: [
        "/bin/keys|--for|image builder":
          #"{"mode":"StsToken","access_key_id":"x","access_key_secret":"s","sts_token":"t","expiration":"2026-01-02T04:00:00Z"}"#
      ],
      source: "default/cli_profile/external", key: "x"),
    Case(
      testDescription: "credentials, access_key",
      ini: "# ours\n[default]\ntype = access_key\naccess_key_id = LTAIini # note\naccess_key_secret=s\n",
      source: "default/profile/static_ak", key: "LTAIini"),
    Case(
      testDescription: "credentials, ram_role_arn in a section by name",
      environment: ["ALIBABA_CLOUD_PROFILE": "deploy"],
      ini: """
        [default]
        type = access_key
        [deploy]
        type = ram_role_arn
        access_key_id = LTAIbase
        access_key_secret = base-secret
        role_arn = acs:ram::1:role/r
        policy =
        """,
      source: "default/profile/ram_role_arn/static_ak", key: "STS.1", asks: ["AssumeRole"]),
    Case(
      testDescription: "credentials, oidc_role_arn",
      ini: """
        [default]
        type = oidc_role_arn
        role_arn = acs:ram::1:role/r
        oidc_provider_arn = acs:ram::1:oidc-provider/p
        oidc_token_file_path = /token
        """,
      source: "default/profile/oidc_role_arn", key: "STS.1", asks: ["AssumeRoleWithOIDC"]),
    Case(
      testDescription: "credentials, ecs_ram_role",
      ini: "[default]\ntype = ecs_ram_role\nrole_name = builder\n",
      source: "default/profile/ecs_ram_role", key: "STS.1",
      asks: ["PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/builder"]),
    Case(
      testDescription: "machine's role",
      environment: ["ALIBABA_CLOUD_ECS_METADATA_DISABLED": "false"],
      source: "default/ecs_ram_role", key: "STS.1",
      asks: [
        "PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/",
        "GET /latest/meta-data/ram/security-credentials/builder",
      ]),
    Case(
      testDescription: "credentials URI",
      environment: ["ALIBABA_CLOUD_CREDENTIALS_URI": "http://127.0.0.1:{port}/keys?for=kiln"],
      source: "default/credential_uri", key: "STS.1", asks: ["GET /keys?for=kiln"]),
    Case(
      testDescription: "pinned profile beats the environment",
      environment: ["ALIBABA_CLOUD_ACCESS_KEY_ID": "LTAIenv", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "s"],
      config: #"{"name":"prod","access_key_id":"LTAIprod","access_key_secret":"s"},{"name":"d"}"#,
      profile: "prod", source: "default/cli_profile/static_ak", key: "LTAIprod"),
    Case(
      testDescription: "pinned profile of the ini file",
      config: #"{"name":"d","access_key_id":"LTAId","access_key_secret":"s"}"#,
      ini: "[prod]\ntype = access_key\naccess_key_id = LTAIprod\naccess_key_secret = s\n",
      profile: "prod", source: "default/profile/static_ak", key: "LTAIprod"),
  ]

  @Test(arguments: cases)
  func sourceAnswers(_ example: Case) async throws {
    let double = CloudDouble()
    try await with(example, double) { surroundings in
      let chain = CredentialChain.official(profile: example.profile, surroundings)
      let credentials = try await chain.credentials()
      #expect(credentials.accessKeyID == example.key)
      let name = await chain.chosenName
      #expect(name == example.source)
      #expect(double.log == example.asks)
      _ = try await chain.credentials()
      #expect(double.log == example.asks, "kept credentials are not fetched again")
    }
  }

  @Test(arguments: cases.filter { $0.key.hasPrefix("STS.") })
  func whoAmISignsWithTheSource(_ example: Case) async throws {
    let double = CloudDouble()
    try await with(example, double) { surroundings in
      let chain = CredentialChain.official(profile: example.profile, surroundings)
      let found = try await surroundings.identify(chain)
      #expect(found.source == example.source)
      #expect(found.identity.accountID == "1234567890123456")
      #expect(found.expiration == UTCTime(iso8601: "2026-01-02T04:03:00Z"))
      #expect(!"\(found)".contains("secret-"))
      #expect(!"\(found)".contains("token-"))
    }
  }

  @Test func allFindingsAreListed() async throws {
    try await withSurroundings(environment: [
      "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true", "ALIBABA_CLOUD_CREDENTIALS_URI": "nonsense://",
    ]) { surroundings in
      let chain = CredentialChain.official(profile: nil, surroundings)
      let failure = await #expect(throws: CredentialFailure.self) { try await chain.credentials() }
      #expect(
        failure?.findings.map { "\($0.source): \($0.message)" } == [
          "env: ALIBABA_CLOUD_ACCESS_KEY_ID is not set",
          "oidc_role_arn: ALIBABA_CLOUD_ROLE_ARN is not set",
          "cli_profile: /h/.aliyun/config.json does not exist",
          "profile: /h/.alibabacloud/credentials does not exist",
          "credential_uri: the URI is not of the form http://host:port/path",
        ])
    }
  }

  @Test(arguments: [
    (#"{"name":"d","mode":"CloudSSO"}"#, "mode CloudSSO, which is not supported"),
    (#"{"name":"d","mode":"OAuth"}"#, "mode OAuth, which is not supported"),
    (#"{"name":"d","mode":"RsaKeyPair"}"#, "mode RsaKeyPair, which is not supported"),
    (#"{"name":"d","mode":"AK","access_key_id":"a"}"#, "has no access_key_secret"),
    (#"{"name":"x"}"#, "has no profile \"d\""),
    (
      #"{"name":"d","mode":"ChainableRamRoleArn","source_profile":"d","ram_role_arn":"r"}"#,
      "d → d refer to each other in a circle"
    ),
    (
      #"{"name":"d","mode":"RamRoleArn","access_key_id":"a","access_key_secret":"s","ram_role_arn":"r","expired_seconds":60}"#,
      "a session of 60 s is too short"
    ),
    (#"{"name":"d","mode":"External","process_command":"/bin/none"}"#, "/bin/none ended with status 3"),
    (#"{"name":"d","mode":"External","process_command":"/bin/'"}"#, "its quotes are not closed"),
    ("}", "is not JSON"),
  ])
  func profileThatCannotServeSaysWhy(config: String, part: String) async throws {
    let example = Case(
      testDescription: "", environment: Self.noMachine, config: config, source: "", key: "")
    try await with(example, CloudDouble()) { surroundings in
      let chain = CredentialChain.official(profile: nil, surroundings)
      let failure = await #expect(throws: CredentialFailure.self) { try await chain.credentials() }
      let text = failure?.description ?? ""
      #expect(text.contains(part), "\(text)")
    }
  }

  private func with(
    _ example: Case, _ double: CloudDouble,
    do body: @Sendable (CredentialSurroundings) async throws -> Void
  ) async throws {
    var files = ["/token": "jwt\n"]
    files["/h/.aliyun/config.json"] = example.config.map {
      #"{"current":"d","profiles":["# + $0 + "]}"
    }
    files["/h/.alibabacloud/credentials"] = example.ini
    let environment = Self.noMachine.merging(example.environment) { $1 }
    try await withSurroundings(
      double, environment: environment, files: files, programs: example.programs, do: body)
  }
}
