// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Logging
import Synchronization
import Testing

/// What is logged, and what never is.
struct RedactionTests {
  @Test func eachAttemptIsLoggedWithoutSecrets() async throws {
    let log = Log()
    let transport = ScriptedTransport([.error(400, "Throttling"), .failure(.noAnswer("closed"))])
    let credentials = Credentials(
      accessKeyID: "STS.id", accessKeySecret: RedactedSecret("hunter2"),
      securityToken: RedactedSecret("tok-hunter3"))
    var logger = Logger(label: "test") { _ in log }
    logger.logLevel = .trace
    let client = CloudClient.testing(
      transport, credentials: FixedCredentials(credentials), logger: logger)
    _ = try await client.send(
      Call("CreateImageComponent", [("ClientToken", "kiln-token")], kind: .create))
    let lines = log.lines
    #expect(lines.count == 3)
    #expect(lines.map { $0["code"] } == ["Throttling", "NoAnswer", "OK"])
    #expect(lines.map { $0["attempt"] } == ["1", "2", "3"])
    #expect(lines.map { $0["request"] } == ["R-ERR", "-", "R-OK"])
    #expect(lines.allSatisfy { $0["token"] == "kiln-token" && $0["operation"] == "CreateImageComponent" })
    let signatures = transport.requests.compactMap {
      $0.header("authorization")?.split(separator: "Signature=").last.map(String.init)
    }
    let text = lines.flatMap(\.values).joined(separator: " ")
    for secret in ["hunter2", "tok-hunter3"] + signatures { #expect(!text.contains(secret)) }
  }

  @Test func nothingThatHoldsASecretPrintsIt() {
    let credentials = Credentials(
      accessKeyID: "id", accessKeySecret: RedactedSecret("hunter2"),
      securityToken: RedactedSecret("hunter2"))
    let endpoint = Endpoint(host: "h")
    let things: [Any] = [
      credentials, FixedCredentials(credentials),
      EnvironmentCredentials(environment: ["ALIBABA_CLOUD_ACCESS_KEY_SECRET": "hunter2"]),
      HTTPRequest(
        endpoint: endpoint, method: "POST", query: "a=hunter2", headers: [("authorization", "hunter2")],
        body: Array("hunter2".utf8), timeout: .seconds(1)),
      HTTPAnswer(status: 200, headers: [("x", "hunter2")], body: Array("hunter2".utf8)),
      Call("AssumeRoleWithOIDC", of: .sts, [("OIDCToken", "hunter2")], kind: .read),
      Reply(value: ["AccessKeySecret": "hunter2"], requestID: "R"),
    ]
    for thing in things {
      var text = "\(thing) \(String(reflecting: thing))"
      dump(thing, to: &text)
      let bytes = "\(Array("hunter2".utf8))".dropFirst().dropLast()
      #expect(!text.contains("hunter2"), "\(type(of: thing))")
      #expect(!text.contains(bytes), "\(type(of: thing))")
    }
  }
}

/// Keeps the metadata of each line as text.
private final class Log: LogHandler {
  private let kept = Mutex<[[String: String]]>([])

  var lines: [[String: String]] { kept.withLock { $0 } }
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }
  var logLevel: Logger.Level {
    get { .trace }
    set {}
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    let line = (event.metadata ?? [:]).mapValues { "\($0)" }
    kept.withLock { $0.append(line) }
  }
}
