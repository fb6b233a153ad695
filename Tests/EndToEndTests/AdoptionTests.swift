// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Reconciliation
import Resources
import TestSupport
import Testing

/// Taking over, forgetting and the history of it, over the wire.
@Suite struct AdoptionTests {
  private func forget(_ addresses: String..., of project: ProjectFixture) async throws -> BinaryResult {
    let address = try #require(project.address)
    return try await project.binary.kiln(
      ["forget"] + addresses + ["--project", "project", "--endpoint", address, "--auto-approve"],
      environment: ProjectFixture.keys)
  }

  @Test func aQueryTakesOverWhatItFindsAndNothingElse() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      _ = try await forget("pipeline/web", "pipeline/base", of: project)
      let adopt = try await project.kiln(
        "adopt", "--query", "kind=pipeline,name=w*,tag:role=web", "--auto-approve", "--debug")
      #expect(adopt.exitCode == 0, "\(adopt)")
      #expect(adopt.output.contains("pipeline/web"))
      #expect(!adopt.output.contains("pipeline/base"))
      #expect(adopt.writes == ["TagResources"])
      let rest = try await project.kiln("adopt", "--auto-approve")
      #expect(rest.exitCode == 0, "\(rest)")
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  @Test func whatIsDescribedAndNotAskedForIsNotCalledUndescribed() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      for address in ["pipeline/web", "pipeline/base"] { _ = try await forget(address, of: project) }
      let adopt = try await project.kiln(
        "adopt", "--query", "kind=pipeline", "--only", "pipeline/web", "--auto-approve")
      #expect(adopt.exitCode == 0, "\(adopt)")
      #expect(!adopt.talk.contains("Not described"), "\(adopt)")
    }
  }

  @Test func whatAQueryFindsAndNobodyDescribesIsNamed() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      _ = try await forget("pipeline/web", of: project)
      try project.binary.delete("project/pipelines/web.yaml")
      let adopt = try await project.kiln("adopt", "--query", "name=web", "--auto-approve")
      #expect(adopt.exitCode == 0, "\(adopt)")
      #expect(adopt.talk.contains("Not described: ip-"))
      let command = try #require(
        adopt.talk.split(separator: "kiln ").last?.split(separator: " writes its manifest").first)
      let export = try await project.binary.kiln(
        command.split(separator: " ").map(String.init)
          + ["--project", "project", "--endpoint", try #require(project.address)],
        environment: ProjectFixture.keys)
      #expect(export.exitCode == 0, "\(export)")
    }
  }

  @Test func oneOfTwoPipelinesOfOneNameIsNamedByItsID() async throws {
    try await withStarter { project in
      let address = try #require(project.address)
      var ids: [String] = []
      for token in ["one", "two"] {
        ids.append(
          try await withCloud(at: address) { cloud in
            var pipeline = ImagePipeline()
            (pipeline.name, pipeline.buildContent) = ("base", "RUN \(token)")
            (pipeline.baseImageType, pipeline.baseImage) = (
              "IMAGE_FAMILY", "acs:alibaba_cloud_linux_3_2104_lts_x64"
            )
            return try await cloud.create(.pipeline(pipeline), token: token)
          })
      }
      let adopt = try await project.kiln("adopt", "--id", "pipeline/base=\(ids[1])", "--auto-approve")
      #expect(adopt.exitCode == 0, "\(adopt)")
      let owned = try await resources(at: address).filter { $0.ownership != nil }
      #expect(owned.map(\.id) == [ids[1]])
    }
  }

  @Test func whatAKilledApplyMadeIsInTheHistoryOfTheNext() async throws {
    try await withStarter(suffering: [
      FaultRule(.delay(milliseconds: 5_000), operation: "CreateImagePipeline")
    ]) { project in
      let doomed = try project.start("apply", "--auto-approve")
      try await poll("a pipeline's creation") {
        project.journal.contains { $0.contains("CreateImagePipeline") }
      }
      doomed.kill()
      _ = try await doomed.result(within: .seconds(30))
      // What follows half a line is a line of its own.
      try project.binary.write(
        project.journal.joined(separator: "\n") + "\n{\"address\":\"pipeline/ba",
        to: "project/.kiln/journal.jsonl")
      let history = ["history", "pipeline/base", "--project", "project"]
      let before = try await project.binary.kiln(history)
      #expect(before.output.contains("what came of it is not known"), "\(before)")
      let again = try await project.kiln("apply", "--auto-approve")
      #expect(again.exitCode == 0, "\(again)")
      let after = try await project.binary.kiln(history)
      #expect(after.output.contains("What stood when:\n"), "\(after)")
    }
  }

  @Test func adoptionForgettingAndHistoryAreEvents() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let address = try #require(project.address)
      let forget = try await project.binary.kiln(
        [
          "forget", "pipeline/web", "--project", "project", "--endpoint", address, "--auto-approve", "--json",
        ],
        environment: ProjectFixture.keys)
      #expect(try types(of: forget) == ["version", "planned_forget", "forget_complete"])
      #expect(forget.output.contains(#""@message":"pipeline/web: will be forgotten""#), "\(forget)")
      let adopt = try await project.kiln("adopt", "--auto-approve", "--json")
      #expect(try types(of: adopt) == ["version", "planned_adoption", "adoption_complete"])
      #expect(adopt.output.contains(#""@message":"pipeline/web: will be adopted as ip-"#), "\(adopt)")
      let history = try await project.binary.kiln([
        "history", "pipeline/web", "--project", "project", "--json",
      ])
      #expect(
        try types(of: history) == [
          "version", "journal_entry", "journal_entry", "journal_entry", "standing", "standing",
        ])
    }
  }

  @Test func aFailureStopsNoOther() async throws {
    let refusal = Fault.error(status: 403, code: "Forbidden.RAM")
    try await withStarter(suffering: [
      FaultRule(refusal, operation: "UntagResources", calls: 1...1),
      FaultRule(refusal, operation: "TagResources", calls: 1...1),
    ]) { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let names = ["component/nginx", "component/hardening"]
      let forget = try await forget(names[0], names[1], of: project)
      #expect(forget.exitCode == 7, "\(forget)")
      #expect(forget.talk.contains("failed: "), "\(forget)")
      #expect(forget.talk.contains("Forgot 1 of 2. Run it again to go on.\n"), "\(forget)")
      #expect(project.journal.last { $0.contains("failed") }?.contains("Forbidden.RAM") == true)
      let rest = try await self.forget(names[0], names[1], of: project)
      #expect(rest.exitCode == 0, "\(rest)")
      let adopt = try await project.kiln("adopt", "--auto-approve")
      #expect(adopt.exitCode == 7, "\(adopt)")
      #expect(adopt.talk.contains("Adopted 1 of 2. Run it again to go on.\n"), "\(adopt)")
      #expect(try await project.kiln("adopt", "--auto-approve").exitCode == 0)
      #expect(try await project.kiln("plan", "--detailed-exitcode").exitCode == 0)
    }
  }

  @Test func whereNothingIsDoneTheExitCodeSaysSo() async throws {
    let refusal = Fault.error(status: 403, code: "Forbidden.RAM")
    try await withStarter(suffering: [FaultRule(refusal, operation: "UntagResources")]) { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let result = try await forget("pipeline/web", of: project)
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.talk.contains("Forgot 0 of 1."), "\(result)")
    }
  }

  @Test func allIdsThatNameNothingAreTold() async throws {
    try await withStarter { project in
      let ids = ["--id", "pipeline/web=ip-one", "--id", "component/nginx@1.4.0=ic-two"]
      let address = try #require(project.address)
      let missing = try await project.binary.kiln(
        ["adopt", "project", "--endpoint", address] + ids, environment: ProjectFixture.keys)
      #expect(missing.exitCode == 1, "\(missing)")
      #expect(missing.talk == "error: there is no pipeline ip-one\nerror: there is no component ic-two\n")
      for wrong in [
        ["--id", "web=ip-one"], ["--id", "pipeline/web="], ["--query", "colour=red"], ids + ids,
      ] {
        let refused = try await project.binary.kiln(["adopt", "project"] + wrong)
        #expect(refused.exitCode == 64, "\(wrong): \(refused)")
      }
    }
  }

  @Test func addressesThatNothingHasAreRefusedWithWhatWasMeant() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      for wish in [["--id", "pipeline/wep=ip-one"], ["--only", "pipeline/wep"]] {
        let adopt = try await project.binary.kiln(
          project.arguments("adopt", wish + ["--auto-approve"]), environment: ProjectFixture.keys)
        #expect(adopt.exitCode == 1, "\(adopt)")
        #expect(
          adopt.talk.hasPrefix("error: \(wish[0]) pipeline/wep names nothing that the manifests describe"),
          "\(adopt)")
        #expect(adopt.talk.contains("hint: did you mean pipeline/web?"), "\(adopt)")
      }
      #expect(
        try await project.kiln("adopt", "--only", "pipeline/web").exitCode == 0, "it is adopted already")
      let nothing = try await forget("pipeline/wep", of: project)
      #expect(nothing.exitCode == 1, "\(nothing)")
      #expect(
        nothing.talk == """
          error: the stack owns nothing at pipeline/wep
          hint: did you mean pipeline/web?

          """)
      let forget = try await forget("pipeline/base", "pipeline/wep", of: project)
      #expect(forget.exitCode == 0, "what was forgotten already may be named: \(forget)")
      #expect(
        forget.talk.hasPrefix("warning: the stack owns nothing at pipeline/wep: did you mean pipeline/web?\n")
      )
    }
  }

  @Test func whatWouldBeDoneIsSaidInTrueWords() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      let address = try #require(project.address)
      let ask = ["forget", "pipeline/web", "--project", "project", "--endpoint", address]
      let forget = try await project.binary.kiln(ask, environment: ProjectFixture.keys)
      #expect(forget.exitCode == 64, "\(forget)")
      #expect(
        forget.talk == """
          error: there is something to forget, and nobody to ask
          hint: run it with --auto-approve to have it forgotten

          """)
      _ = try await self.forget("pipeline/web", of: project)
      let adopt = try await project.kiln("adopt")
      #expect(adopt.exitCode == 64, "\(adopt)")
      #expect(
        adopt.talk == """
          error: there is something to take over, and nobody to ask
          hint: run it with --auto-approve to have it taken over

          """)
    }
  }

  @Test func historySaysWhatItCannotRead() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve", "--only", "component/nginx")
      let history = ["history", "--project", "project"]
      #expect(try await project.binary.kiln(history).talk == "")
      let lines = project.journal
      try project.binary.write(
        "half a line\n" + lines.joined(separator: "\n") + "\n\n{}\n{\"address\":\"pipeli",
        to: "project/.kiln/journal.jsonl")
      let spoilt = try await project.binary.kiln(history)
      #expect(spoilt.exitCode == 0, "\(spoilt)")
      #expect(spoilt.output.split(separator: "\n").count == 1, "\(spoilt)")
      let numbers = "1, \(lines.count + 3) and \(lines.count + 4)"
      #expect(
        spoilt.talk == "warning: lines \(numbers) of project/.kiln/journal.jsonl can't be read\n", "\(spoilt)"
      )
    }
  }

  @Test func everyExportedObjectGetsAFileOrIsTold() async throws {
    try await withStarter { project in
      let address = try #require(project.address)
      try await withCloud(at: address) { cloud in
        for name in ["web:1", "web_1"] {
          var pipeline = ImagePipeline()
          pipeline.name = name
          pipeline.baseImageType = "IMAGE_FAMILY"
          pipeline.baseImage = "acs:alibaba_cloud_linux_3_2104_lts_x64"
          pipeline.buildContent = "RUN true"
          _ = try await cloud.create(.pipeline(pipeline), token: name)
        }
      }
      let export = [
        "export", "--all", "--out", "out", "--project", "project", "--endpoint", address,
      ]
      let first = try await project.binary.kiln(export, environment: ProjectFixture.keys)
      #expect(first.exitCode == 0, "\(first)")
      let manifests = try ["out/pipeline-web_1.yaml", "out/pipeline-web_1-2.yaml"].map(project.binary.read)
      #expect(manifests.count { $0.contains("web:1") } == 1, "\(manifests)")
      try project.binary.delete("out/pipeline-web_1.yaml")
      let second = try await project.binary.kiln(export, environment: ProjectFixture.keys)
      #expect(second.exitCode == 7, "\(second)")
      #expect(second.talk.contains("error: out/pipeline-web_1-2.yaml exists already and is left alone\n"))
      #expect(try await project.binary.kiln(export, environment: ProjectFixture.keys).exitCode == 1)
    }
  }

  @Test func historyTellsWhichVersionsStoodWhen() async throws {
    try await withStarter { project in
      _ = try await project.kiln("apply", "--auto-approve")
      try project.binary.edit("project/components/nginx.yaml", "version: 1.4.0", "version: 1.5.0")
      _ = try await project.kiln("apply", "--auto-approve")
      // Going back is a revert of the manifest.
      try project.binary.edit("project/components/nginx.yaml", "version: 1.5.0", "version: 1.4.0")
      let revert = try await project.kiln("apply", "--auto-approve")
      #expect(revert.exitCode == 0, "\(revert)")
      let history = try await project.binary.kiln(["history", "component/nginx", "--project", "project"])
      let standings = history.output.split(separator: "\n").drop { $0 != "What stood when:" }.dropFirst()
      #expect(standings.map { String($0.split(separator: " ")[0]) } == ["1.4.0", "1.5.0", "1.4.0"])
      #expect(standings.map { $0.contains(" to ") } == [true, true, false])
    }
  }

  @Test func pipelinesWhoseTagsTheServiceRefusesAreNotTakenOver() async throws {
    try await withStarter(suffering: [], { $0.pipelineTags = false }) { project in
      _ = try await project.kiln("apply", "--auto-approve")
      // The manifest is another stack's from here on, to which the pipelines belong to nobody it knows.
      let address = try #require(project.address)
      let all = try await resources(at: address)
      let web = try #require(all.first { $0.address?.description == "pipeline/web" })
      try await withCloud(at: address) { cloud in
        guard case .pipeline(var copy) = web.resource else { return }
        copy.tags = [:]
        _ = try await cloud.create(.pipeline(copy), token: "by-hand")
        try await cloud.delete(.pipeline, id: web.id)
      }
      let adopt = try await project.kiln("adopt", "--auto-approve", "--debug")
      #expect(adopt.exitCode == 1, "\(adopt)")
      #expect(adopt.talk.contains("pipeline/web"))
      #expect(adopt.talk.contains("can't be taken over: the service refuses to change tags"))
      #expect(adopt.writes == [])
    }
  }

  private func types(of result: BinaryResult) throws -> [String] {
    try result.output.split(separator: "\n").map { line in
      try JSONValue(parsing: Array(line.utf8))["type"]?.string ?? "?"
    }
  }
}
