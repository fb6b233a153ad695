// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Planning
import Reconciliation
import Resources
import Synchronization
import Testing

/// The promises of design §5 that no other suite would notice to be broken.
@Suite struct ExactlyOnceTests {
  @Test func nothingRefersToAnIdThatWasNotSeen() async throws {
    let cloud = try VirtualCloud()
    let line = Line { _, request in
      guard request.operation == "DescribeImageComponents" else { return .passes }
      return .isAnswered(
        HTTPAnswer(
          status: 200, body: Array(#"{"RequestId":"R","ImageComponent":{"ImageComponentSet":[]}}"#.utf8)))
    }
    let desired = DesiredState.sample(content: "RUN true", pipeline: .sample(naming: ["nginx"]))
    let report = await cloud.apply(try await cloud.plan(desired), through: line)
    #expect(report.failures.map(\.step.address.description) == ["component/nginx@1.0.0"])
    #expect(report.skipped.map(\.step.address.description) == ["pipeline/web"])
    #expect(!line.requests.contains { $0.operation == "CreateImagePipeline" })
  }

  /// The token belongs to something else, and an object of the address with another content is about.
  @Test func anObjectWithAnotherDigestIsNotTakenForTheOneThatATokenMade() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample(description: "one", retain: 1))
    try await cloud.run(.sample(description: "two", retain: 1))
    let old = try await cloud.everything().map(\.id)
    let line = Line { _, request in
      request.isFirst(of: "CreateImagePipeline") ? .refusal(403, "IdempotentParameterMismatch") : .passes
    }
    let (_, report) = try await cloud.run(.sample(description: "three", retain: 1), through: line)
    #expect(report?.isComplete == true)
    let creation = report?.entries.first { if case .create = $0.step.work { true } else { false } }
    guard case .done(let id)? = creation?.outcome else { return #expect(Bool(false), "\(told(report))") }
    #expect(!old.contains(id))
    #expect(try await !cloud.plan(.sample(description: "three", retain: 1)).hasChanges)
  }

  /// The service remembers no token, and the answer to a create is lost: two come to be, of which one stays.
  @Test func whereTokensAreForgottenTheNextApplyLeavesTheOldest() async throws {
    let cloud = try VirtualCloud { $0.tokenLifetime = 0 }
    let line = Line { _, request in
      request.isFirst(of: "CreateImagePipeline") ? .breaks(losingAnswer: true) : .passes
    }
    try await cloud.run(.sample(), through: line)
    let copies = try await cloud.everything()
    #expect(copies.count == 2)
    let (plan, report) = try await cloud.run(.sample())
    #expect(plan.changes.filter { $0.action == .delete }.map(\.before?.id) == [copies[1].id])
    #expect(report?.isComplete == true)
    #expect(try await cloud.everything().map(\.id) == [copies[0].id])
  }

  /// What died with its answer is found by the lists, though the service has forgotten the token.
  @Test func whatARunThatDiedHasMadeIsFoundByItsTags() async throws {
    let cloud = try VirtualCloud { $0.tokenLifetime = 0 }
    let desired = DesiredState.sample(content: "RUN true", pipeline: .sample(naming: ["nginx"]))
    for operation in ["CreateImageComponent", "CreateImagePipeline"] {
      let line = Line { _, request in request.operation == operation ? .losesAnswer : .passes }
      _ = try? await cloud.run(desired, through: line)
    }
    let (_, report) = try await cloud.run(desired)
    #expect(report == nil, "there is nothing to do")
    #expect(try await cloud.everything().count == 2)
  }

  /// A journal that is written after the call tells nothing of a call whose answer was lost.
  @Test func everyWriteIsWrittenDownBeforeItIsSentAndAfterItIsAnswered() async throws {
    let cloud = try VirtualCloud()
    let pipeline = DesiredPipeline.sample(naming: ["nginx"], tags: ["team": "web"], group: "rg-emulated")
    try await cloud.run(
      .sample(
        content: "RUN echo 1", tags: ["team": "web", "old": "tag"], pipeline: .sample(naming: ["nginx"])))
    let log = Mutex<[String]>([])
    let line = Line { _, request in
      if request.isWrite { log.withLock { $0.append("sent \(request.operation)") } }
      return .passes
    }
    for desired in [
      DesiredState.sample(content: "RUN echo 1", tags: ["team": "db"], pipeline: pipeline),
      .sample(content: "RUN echo 2", tags: ["team": "db"], pipeline: pipeline),
    ] {
      let plan = try await cloud.plan(desired)
      let journal = Journal(
        run: "test", stack: plan.stack.tagValue, now: { "" },
        append: { line in
          for entry in JournalEntry.read(line) {
            log.withLock { $0.append("\(entry.outcome.map { "\($0)" } ?? "intent") \(entry.operation)") }
          }
        })
      var options = Applier.Options()
      options.width = 1
      let report = await Applier(
        cloud: cloud.operations(through: line), journal: journal, time: cloud.time.timekeeper,
        options: options
      ).apply(plan)
      #expect(report.isComplete)
    }
    let lines = log.withLock { $0 }
    for (index, entry) in lines.enumerated() where entry.hasPrefix("sent ") {
      let operation = entry.dropFirst(5)
      #expect(lines[..<index].last == "intent \(operation)", "\(lines)")
      let outcomes = ["done \(operation)", "done update"]
      #expect(lines[index...].contains { outcomes.contains($0) }, "\(lines)")
    }
    let kinds = Set(lines.filter { $0.hasPrefix("sent ") })
    #expect(kinds.count == 7, "creates and deletes of both kinds, tags set and removed, a group: \(kinds)")
  }
}
