// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import TestSupport
import Testing

/// What plans and applies tell others than the person at the terminal.
@Suite struct ReportTests {
  /// A pipe to a policy or a file on a full disk holds a part only, which must not pass for the whole.
  @Test(arguments: [
    "plan manifests", "plan manifests --json", "plan manifests --detailed-exitcode", "schema",
  ])
  func outputThatIsLostIsAnError(_ command: String) async throws {
    try await withScratchFolder { folder in
      let outcome = try await runShell("kiln \(command) > /dev/full", in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("standard output can't be written: No space left on device"))
    }
  }

  /// `plan --requests --json` is held against what then goes over the wire, byte for byte but for ids.
  @Test func theCallsThatAreAnnouncedAreTheCallsThatAreSent() async throws {
    try await withStarter { project in
      let port = try #require(project.address?.split(separator: ":").last.flatMap { Int($0) })
      try await withRecordingRelay(to: port) { port, relay in
        let through = ["--endpoint", "http://127.0.0.1:\(port)", "--json"]
        let plan = try await project.binary.kiln(
          ["plan", "project", "--requests"] + through, environment: ProjectFixture.keys)
        #expect(plan.exitCode == 0, "\(plan)")
        let announced = try plan.events("planned_request").map { event -> Sent in
          let request = event["request"]
          return Sent(
            operation: request?["operation"]?.string ?? "",
            parameters: (request?["parameters"]?.object ?? [:]).compactMapValues(\.string))
        }
        let apply = try await project.binary.kiln(
          ["apply", "project", "--auto-approve", "--parallelism", "1"] + through,
          environment: ProjectFixture.keys)
        #expect(apply.exitCode == 0, "\(apply)")
        var ids: [String: String] = [:]
        for event in try apply.events("apply_complete") {
          guard let hook = event["hook"], let address = hook["resource"]?["addr"]?.string else { continue }
          ids["<\(address)>"] = hook["id_value"]?.string
        }
        let expected = announced.map { request in
          Sent(
            operation: request.operation,
            parameters: request.parameters.mapValues { value in
              ids.reduce(value) { $0.replacing($1.key, with: $1.value) }
            })
        }
        let sent = relay.requests.map(Sent.init).filter { !$0.operation.hasPrefix("Describe") }
        #expect(announced.count == 5)
        #expect(Set(announced.compactMap { $0.parameters["ClientToken"] }).count == 5)
        #expect(sent.sorted() == expected.sorted())
      }
    }
  }

  @Test func requestsAreCommandsOfTheVendorsTool() async throws {
    try await withStarter { project in
      let plan = try await project.kiln("plan", "--requests")
      #expect(plan.exitCode == 0, "\(plan)")
      #expect(plan.output.hasPrefix("# 5 calls, in this order.\n"))
      #expect(plan.output.contains("aliyun ecs CreateImagePipeline \\\n  --RegionId cn-hangzhou \\\n"))
      #expect(plan.output.contains("COMPONENT <component/nginx@1.4.0>"))
      // A shell that only says what it is given takes every word as it was meant.
      try project.binary.write("aliyun() { printf '%s\\n' \"$#\"; }\n\(plan.output)", to: "calls.sh")
      let shell = try await runShell("sh calls.sh", in: project.binary.folder)
      #expect(shell.status == 0, "\(shell.output)")
      #expect(shell.output.split(separator: "\n").count == 5)
      _ = try await project.kiln("apply", "--auto-approve")
      #expect(try await project.kiln("plan", "--requests").output == "# Nothing would be sent.\n")
    }
  }

  @Test func aMissingBaseImageIsShownAtItsLineBeforeAnythingIsCreated() async throws {
    try await withStarter { project in
      let family = "acs:alibaba_cloud_linux_3_2104_lts_x64"
      try project.binary.edit("project/stack.yaml", family, "acs:nowhere")
      let apply = try await project.kiln("apply", "--auto-approve", "--debug", "--preflight")
      #expect(apply.exitCode == 1, "\(apply)")
      #expect(apply.writes == [])
      #expect(apply.talk.contains("there is no image family acs:nowhere"), "\(apply)")
      #expect(apply.talk.contains("project/pipelines/base.yaml:"), "\(apply)")
      #expect(apply.operations.count { $0 == "DescribeImageFromFamily" } == 1, "one call for both pipelines")
      let bold = try await project.kiln("plan", "--no-preflight", "--debug")
      #expect(bold.exitCode == 0, "\(bold)")
      #expect(!bold.operations.contains("DescribeImageFromFamily"))
    }
  }

  @Test func aMissingInstanceTypeIsWarnedOfAtItsLine() async throws {
    try await withStarter { project in
      let file = "project/pipelines/base.yaml"
      let base = try project.binary.read(file)
      try project.binary.write(base + "  instanceType: ecs.g6.none-missing\n", to: file)
      let plan = try await project.kiln("plan")
      #expect(plan.exitCode == 0, "\(plan)")
      let line = base.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(
        plan.talk.contains(
          "\(file):\(line):17: warning: there is no instance type ecs.g6.none-missing"),
        "\(plan)")
      #expect(plan.talk.contains("the service would answer InvalidInstanceType.NotFound"), "\(plan)")
    }
  }

  @Test func aCommentIsWrittenEvenWhereThePlanIsRefused() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      for file in ["components", "pipelines"] { try project.binary.delete("project/\(file)") }
      let plan = try await project.kiln("plan", "--markdown", "comment.md")
      #expect(plan.exitCode == 4, "\(plan)")
      let comment = try project.binary.read("comment.md")
      #expect(comment.hasPrefix("<!-- kiln:plan stack=gi-starter target=local -->\n"))
      #expect(comment.contains("It can't be applied, for the errors below."))
      #expect(comment.contains("5 objects will be deleted"))
    }
  }

  @Test func onlyRecordsAreRefreshed() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.edit("project/pipelines/web.yaml", "Web server with nginx", "The web server")
      let plan = try await project.kiln("plan", "--refresh-only", "--detailed-exitcode")
      #expect(plan.exitCode == 0, "\(plan)")
      #expect(plan.output.hasPrefix("No drift."), "\(plan)")
      let apply = try await project.kiln("apply", "--refresh-only", "--auto-approve", "--debug")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(apply.writes == [])
    }
  }

  @Test(arguments: [["CI": "true"], ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], ["CLICOLOR_FORCE": "1"]])
  func standardOutputHoldsNothingButEvents(_ environment: [String: String]) async throws {
    try await withStarter { project in
      for (verb, more) in [
        ("plan", ["--json"]), ("plan", ["--json", "--requests"]), ("apply", ["--json", "--auto-approve"]),
        ("drift", ["--json"]), ("plan", ["--json", "--refresh-only"]), ("apply", ["--json"]),
        ("destroy", ["--json", "--auto-approve"]),
      ] {
        let result = try await project.binary.kiln(
          project.arguments(verb, more),
          environment: ProjectFixture.keys.merging(environment) { _, new in new })
        let lines = result.output.split(separator: "\n")
        #expect(!lines.isEmpty, "\(verb) \(more): \(result)")
        for line in lines {
          let event = try? JSONValue(parsing: Array(line.utf8))
          #expect(event?["type"]?.string != nil, "\(verb) \(more): \(line)")
        }
      }
    }
  }

  @Test func linesFitATerminal() async throws {
    try await withStarter { project in
      let plan = try await project.kiln("plan")
      // Values are shown as they are; what Kiln itself says keeps to 80 columns.
      for line in plan.output.split(separator: "\n")
      where !line.contains("=") && !line.hasPrefix("          ") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }
}

/// One call, in whatever order it was sent.
private struct Sent: Hashable, Comparable {
  let operation: String
  let parameters: [String: String]

  init(operation: String, parameters: [String: String]) {
    self.operation = operation
    self.parameters = parameters
  }

  /// The call that was received; the region stands in the query.
  init(_ request: LoopbackRequest) {
    let query = request.target.split(separator: "?").dropFirst().joined()
    let pairs = PercentEncoding.decodeForm(query.utf8) + PercentEncoding.decodeForm(request.body.utf8)
    self.init(
      operation: request.header("x-acs-action") ?? "",
      parameters: Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
  }

  static func < (left: Sent, right: Sent) -> Bool {
    (left.operation, left.parameters["ClientToken"] ?? "") < (
      right.operation, right.parameters["ClientToken"] ?? ""
    )
  }
}

extension BinaryResult {
  /// The events of one type.
  fileprivate func events(_ type: String) throws -> [JSONValue] {
    try output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
      .filter { $0["type"]?.string == type }
  }
}
