// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import Glibc
import Reconciliation
import Resources
import TestSupport
import Testing

private let starter = [
  "gi-starter/local component/hardening@1.0.0", "gi-starter/local component/nginx-smoke-test@1.0.0",
  "gi-starter/local component/nginx@1.4.0", "gi-starter/local pipeline/base",
  "gi-starter/local pipeline/web",
]

/// How many lines the journal of an undisturbed first apply has: one before and one after each of five creates.
private let journalLines = 10

@Suite struct InterruptionTests {
  @Test(arguments: 1...journalLines)
  func killedAtAnyLineOfTheJournalItGoesOnNextTime(_ line: Int) async throws {
    let slow = FaultRule(.delay(milliseconds: 60), operation: nil)
    try await withStarter(suffering: [slow]) { project in
      let doomed = try project.start("apply", "--auto-approve", "--parallelism", "1")
      doomed.kill { project.journal.count >= line }
      #expect(try await doomed.result().signal == SIGKILL)
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(try await project.held() == starter)
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  /// A new version, the pipeline that follows it, a tag in place, and what is retired for them; the tenth line is
  /// the last, after which there is nothing to kill.
  @Test(arguments: 1...9)
  func killedAtAnyLineOfAReplacementItGoesOnNextTime(_ line: Int) async throws {
    let slow = FaultRule(.delay(milliseconds: 60), operation: nil)
    try await withStarter(suffering: [slow]) { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let before = project.journal.count
      try project.binary.edit("project/components/nginx.yaml", "version: 1.4.0", "version: 1.5.0")
      try project.binary.edit("project/scripts/nginx.dockerfile", "install -y nginx", "install -y nginx curl")
      try project.binary.edit("project/pipelines/base.yaml", "tags:\n", "tags:\n    owner: ops\n")
      let doomed = try project.start("apply", "--auto-approve", "--parallelism", "1")
      doomed.kill { project.journal.count >= before + line }
      #expect(try await doomed.result().signal == SIGKILL)
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(try await project.held() == starter.map { $0.replacing("nginx@1.4.0", with: "nginx@1.5.0") })
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  @Test(arguments: [3, 6, 9])
  func killedWhileManyCallsAreUnderWayItGoesOnNextTime(_ line: Int) async throws {
    let slow = FaultRule(.delay(milliseconds: 60), operation: nil)
    try await withStarter(suffering: [slow]) { project in
      let doomed = try project.start("apply", "--auto-approve")
      doomed.kill { project.journal.count >= line }
      #expect(try await doomed.result().signal == SIGKILL)
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(try await project.held() == starter)
    }
  }

  /// The embedded service can't be told to be slow, so there is much for it to do.
  @Test func theEmbeddedServiceSurvivesAKillToo() async throws {
    try await withStarter(at: .embedded) { project in
      let names = (100..<160).map { "more-\($0)" }
      try project.binary.write(
        names.map {
          """
          ---
          apiVersion: kiln.imagebuilder/v1alpha1
          kind: ImageComponent
          metadata: {name: \($0)}
          spec: {version: 1.0.0, systemType: Linux, content: RUN true}

          """
        }.joined(), to: "project/components/more.yaml")
      let doomed = try project.start("apply", "--auto-approve", "--parallelism", "1")
      doomed.kill { project.outcomes >= 3 }
      #expect(try await doomed.result().signal == SIGKILL)
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      let more = names.map { "gi-starter/local component/\($0)@1.0.0" }
      #expect(try await project.held() == (starter + more).sorted())
    }
  }

  @Test(arguments: 1...10)
  func twoMachinesThatApplyAtTheSameMomentMakeEverythingOnce(_ time: Int) async throws {
    let slow = FaultRule(.delay(milliseconds: 60), operation: nil)
    try await withStarter(suffering: [slow]) { project in
      // Each has its own working copy, so that no lock keeps them apart.
      try project.binary.copy("manifests", to: "other")
      let other = ProjectFixture(binary: project.binary, address: project.address, name: "other")
      let left = try project.start("apply", "--auto-approve")
      let right = try other.start("apply", "--auto-approve")
      // The one that begins first is held up until the other has begun too.
      try await poll("the first intent") { !(project.journal.isEmpty && other.journal.isEmpty) }
      let (first, second) = project.journal.isEmpty ? (right, left) : (left, right)
      first.send(signal: SIGSTOP)
      try await poll("the other's first intent") {
        !(project.journal.isEmpty || other.journal.isEmpty) || !second.isRunning
      }
      #expect(!project.journal.isEmpty && !other.journal.isEmpty)
      #expect(project.outcomes < 5 && other.outcomes < 5)
      first.send(signal: SIGCONT)
      for result in [try await left.result(), try await right.result()] {
        #expect(result.exitCode == 0, "\(result)")
      }
      #expect(try await project.held() == starter)
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  /// Another branch has made the version a moment ago, and lists do not show it while this one plans.
  @Test func ofTwoBranchesThatRaceTheSlowerOneEndsWithTheCodeOfAStalePlan() async throws {
    let lag = FaultRule(.lag(milliseconds: 600_000), operation: "DescribeImageComponents", calls: 1...4)
    try await withStarter(suffering: [lag]) { project in
      try await withCloud(at: try #require(project.address)) { cloud in
        var component = ImageComponent()
        component.name = "nginx"
        component.componentVersion = "1.4.0"
        component.content = "RUN echo theirs"
        component.tags = [
          "kiln:stack": "gi-starter/local", "kiln:address": "component/nginx",
          "kiln:digest": "1:0000000000000000000000000000000000000000",
        ]
        _ = try await cloud.create(.component(component), token: "theirs")
      }
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 5, "\(apply)")
      #expect(apply.talk.contains("error: the plan is stale"), "\(apply)")
      #expect(apply.talk.contains("  component/nginx@1.4.0 exists already as ic-"), "\(apply)")
    }
  }

  @Test func twoAppliesInOneWorkingCopyTakeTurns() async throws {
    let slow = FaultRule(.delay(milliseconds: 50), operation: "CreateImageComponent")
    try await withStarter(suffering: [slow]) { project in
      let first = try project.start("apply", "--auto-approve", "--parallelism", "1")
      try await poll("the first create") { !project.journal.isEmpty || !first.isRunning }
      let hasty = try await project.kiln("apply", "--auto-approve")
      #expect(hasty.exitCode == 6, "\(hasty)")
      let patient = try await project.kiln("apply", "--auto-approve", "--lock-timeout", "30s")
      #expect(patient.exitCode == 0, "\(patient)")
      #expect(try await first.result().exitCode == 0)
      #expect(try await project.held() == starter)
    }
  }

  /// The embedded service's data has a lock of its own, which --lock-timeout waits for as well.
  @Test func theDataOfTheEmbeddedServiceIsWaitedFor() async throws {
    try await withStarter(at: .embedded) { project in
      try project.binary.write("", to: "project/.kiln/.keep")
      let holder = try project.binary.start([
        "emulator", "--port", "0", "--port-file", "port", "--data", "project/.kiln/embedded.sqlite",
      ])
      try await poll("the port file") { (try? project.binary.read("port")) != nil || !holder.isRunning }
      let patient = try project.start("apply", "--auto-approve", "--lock-timeout", "5m")
      try await poll("a line about the wait") {
        patient.talk.contains("Waiting for another process that has ") || !patient.isRunning
      }
      holder.send(signal: SIGTERM)
      let result = try await patient.result()
      #expect(result.exitCode == 0, "\(result)")
      #expect(try await project.held() == starter)
    }
  }

  @Test func lostAnswersDoNotMakeAnythingTwice() async throws {
    let losses = FaultRule(.loseAnswer, operation: "CreateImageComponent", calls: 1...3)
    try await withStarter(suffering: [losses]) { project in
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(try await project.held() == starter)
    }
  }

  @Test func oneInterruptLetsCallsUnderWayEndAndALaterApplyCompletes() async throws {
    let slow = FaultRule(.delay(milliseconds: 100), operation: "CreateImageComponent")
    try await withStarter(suffering: [slow]) { project in
      let stopped = try project.start("apply", "--auto-approve", "--parallelism", "1")
      try await poll("the first create") { !project.journal.isEmpty || !stopped.isRunning }
      stopped.send(signal: SIGINT)
      let result = try await stopped.result()
      #expect(result.exitCode == 130, "\(result)")
      #expect(result.talk.contains("Stopping"))
      let intents = project.journal.count { $0.contains("\"intent\"") }
      let outcomes = project.journal.count { $0.contains("\"outcome\":\"done\"") }
      #expect(intents == outcomes, "what was begun was brought to its end")
      #expect(outcomes < 5)
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(try await project.held() == starter)
    }
  }

  @Test func theSecondInterruptStopsAtOnce() async throws {
    let stuck = FaultRule(.delay(milliseconds: 20_000), operation: "CreateImageComponent")
    try await withStarter(suffering: [stuck]) { project in
      let stopped = try project.start("apply", "--auto-approve", "--parallelism", "1")
      try await poll("the first create") { !project.journal.isEmpty || !stopped.isRunning }
      stopped.send(signal: SIGINT)
      try await poll("the first answer") { stopped.talk.contains("Stopping") }
      stopped.send(signal: SIGINT)
      let result = try await stopped.result(within: .seconds(10))
      #expect(result.exitCode == 130, "\(result)")
    }
  }

  @Test func whatFailsStopsOnlyWhatDependsOnIt() async throws {
    let refused = FaultRule(
      .error(status: 400, code: "QuotaExceed.ImageComponent"), operation: "CreateImageComponent", calls: 2...2
    )
    try await withStarter(suffering: [refused]) { project in
      let apply = try await project.kiln("apply", "--auto-approve", "--parallelism", "1")
      #expect(apply.exitCode == 7, "\(apply)")
      // Components are created by name, so the second is nginx, which only the pipeline web uses.
      #expect(
        try await project.held() == [
          "gi-starter/local component/hardening@1.0.0", "gi-starter/local component/nginx-smoke-test@1.0.0",
          "gi-starter/local pipeline/base",
        ])
      #expect(apply.talk.contains("QuotaExceed.ImageComponent"))
      #expect(apply.talk.contains("Skipped: pipeline/web: component/nginx@1.4.0 is not done."))
      #expect(try await project.kiln("apply", "--auto-approve").exitCode == 0)
      #expect(try await project.held() == starter)
    }
  }

  @Test func nothingDependsOnLockAndJournal() async throws {
    try await withStarter { project in
      // A file stands where the folder of both would be made.
      try project.binary.write("", to: "project/.kiln")
      let apply = try await project.kiln("apply", "--auto-approve")
      #expect(apply.exitCode == 0, "\(apply)")
      #expect(apply.talk.contains("warning: stack golden-images is not locked"), "\(apply)")
      #expect(apply.talk.contains("warning: the journal can't be written"), "\(apply)")
      #expect(try await project.held().count == 5)
    }
  }
}
