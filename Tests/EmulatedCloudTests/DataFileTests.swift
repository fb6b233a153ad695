// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Foundation
import JSONSyntax
import Testing

/// What outlives the process.
@Suite struct DataFileTests {
  /// Runs `body` with a configuration whose data file is removed afterwards.
  private func withFile(_ body: (EmulatorConfiguration, TestTime) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "kiln-\(TestClient.nonce())-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let time = TestTime()
    var configuration = EmulatorConfiguration.test(time)
    configuration.data = .file(folder.appending(path: "cloud.sqlite").path())
    configuration.lockWait = .milliseconds(200)
    try await body(configuration, time)
  }

  private func withService(
    _ configuration: EmulatorConfiguration, _ body: (TestClient) async throws -> Void
  ) async throws {
    let service = try Service(configuration)
    try await body(
      TestClient(configuration) { service.answer($0, at: Moment(wall: configuration.now())) })
    try service.close()
  }

  @Test func whatWasMadeIsThereAfterARestart() async throws {
    try await withFile { configuration, time in
      let token: KeyValuePairs = ["Name": "web", "Content": "RUN true", "ClientToken": "t"]
      var identifier = ""
      var execution = ""
      try await withService(configuration) { cloud in
        identifier = try await cloud.call("CreateImageComponent", token)["ImageComponentId"]
        let pipeline = try await cloud.createPipeline(build: "COMPONENT \(identifier)")
        execution = try await cloud.start(pipeline)["ExecutionId"]
      }
      time.pass(1_000_000)
      try await withService(configuration) { cloud in
        let again = try await cloud.call("CreateImageComponent", token)
        #expect(again["ImageComponentId"] == identifier)
        let shown = try await cloud.call("DescribeImagePipelineExecutions", ["ExecutionId": execution])
        #expect(shown.executions.first?["Status"] == "SUCCESS")
        try await cloud.expect(
          "403 InvalidImageComponent.InUse", "DeleteImageComponent", ["ImageComponentId": identifier])
      }
    }
  }

  @Test func aSessionOutlivesTheProcess() async throws {
    try await withFile { configuration, _ in
      var key = AccessKey.default
      try await withService(configuration) { cloud in
        let session = try await cloud.sts("AssumeRole", SessionTests.role)
        let credentials = try #require(session.json["Credentials"])
        key = AccessKey(
          id: credentials["AccessKeyId"]?.string ?? "", secret: credentials["AccessKeySecret"]?.string ?? "",
          token: credentials["SecurityToken"]?.string)
      }
      try await withService(configuration) { cloud in
        var client = cloud
        client.key = key
        try await client.expect("200", "DescribeRegions")
      }
    }
  }

  @Test func aSecondProcessIsRefused() async throws {
    try await withFile { configuration, _ in
      let first = try Service(configuration)
      let failure = #expect(throws: StoreFailure.self) { try Service(configuration) }
      #expect("\(failure.map { "\($0)" } ?? "")".contains("in use by another process"))
      try first.close()
      let second = try Service(configuration)
      try second.close()
    }
  }

  @Test func anotherFileIsRefused() async throws {
    try await withFile { configuration, _ in
      guard case .file(let path) = configuration.data else { return }
      try Data("this is a letter, not a database, and it is long enough to be read as one".utf8)
        .write(to: URL(filePath: path))
      let failure = #expect(throws: StoreFailure.self) { try Service(configuration) }
      #expect("\(failure.map { "\($0)" } ?? "")".contains("can't be opened"))
    }
  }
}
