// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import ManifestSyntax
import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

@Suite struct PreflightTests {
  /// Plans a pipeline that `change` shapes, and asks about it.
  private func diagnostics(
    _ change: (inout ImagePipeline) -> Void, others: [DesiredPipeline] = [], areBinding: Bool = true,
    through line: Line = Line()
  ) async throws -> [String] {
    let cloud = try VirtualCloud()
    let state = DesiredState(
      stack: DesiredState.testStack, components: [], pipelines: [.shaped("web", change)] + others)
    let plan = try await cloud.plan(state)
    let preflight = Preflight(for: plan, of: state, regionID: "cn-hangzhou")
    let answers = await preflight.ask(through: cloud.operations(through: line), width: 2)
    return preflight.diagnostics(answers, areBinding: areBinding).map { diagnostic in
      "\(diagnostic.severity.rawValue): \(diagnostic.message)"
    }
  }

  @Test func whatExistsIsNoNews() async throws {
    let line = Line()
    let told = try await diagnostics(
      { pipeline in
        pipeline.toRegionIDs = ["cn-hangzhou", "cn-shanghai"]
        pipeline.instanceType = "ecs.g6.large"
        pipeline.buildContent = "COMPONENT ic-sys00000000000000001\nRUN true"
      }, through: line)
    #expect(told == [])
    #expect(
      line.requests.map(\.operation).sorted() == [
        "DescribeImageComponents", "DescribeImageComponents", "DescribeImageFromFamily",
        "DescribeInstanceTypes", "DescribeRegions",
      ])
  }

  @Test func whatIsMissingIsToldOfOneByOne() async throws {
    let told = try await diagnostics { pipeline in
      pipeline.baseImage = "acs:nowhere"
      pipeline.toRegionIDs = ["cn-nowhere", "cn-shanghai"]
      pipeline.instanceType = "ecs.g6.large-missing"
      pipeline.buildContent = "COMPONENT ic-nowhere\nRUN true"
    }
    #expect(
      told.sorted() == [
        "error: there is no image family acs:nowhere",
        "error: there is no instance type ecs.g6.large-missing", "error: there is no region cn-nowhere",
        "warning: there is no component ic-nowhere among the account's own and the system's",
      ])
  }

  @Test func withoutBeingAskedForItOnlyWarns() async throws {
    let told = try await diagnostics({ $0.baseImage = "acs:nowhere" }, areBinding: false)
    #expect(told == ["warning: there is no image family acs:nowhere"])
  }

  @Test func anImageIsAskedForByItsId() async throws {
    let told = try await diagnostics { pipeline in
      pipeline.baseImageType = "IMAGE"
      pipeline.baseImage = "m-nowhere"
    }
    #expect(told == ["error: there is no image m-nowhere"])
    let known = try await diagnostics { pipeline in
      pipeline.baseImageType = "IMAGE"
      pipeline.baseImage = "ubuntu_22_04_x64_20G_alibase_20240926.vhd"
    }
    #expect(known == [])
  }

  /// A service may refuse a call for one unknown type among the ten that it takes.
  @Test(arguments: ["InvalidInstanceType.NotFound", "InvalidParameter.InstanceTypes"])
  func typesThatAreRefusedTogetherAreAskedForOneByOne(code: String) async throws {
    let line = Line { _, request in
      guard request.operation == "DescribeInstanceTypes",
        request.parameters.contains(where: { $0.value == "ecs.nowhere" })
      else { return .passes }
      return .refusal(404, code)
    }
    let told = try await diagnostics(
      { $0.instanceType = "ecs.g6.large" },
      others: [
        .shaped("other") { $0.instanceType = "ecs.nowhere" },
        .shaped("third") { $0.instanceType = "ecs.c6.large" },
      ], through: line)
    #expect(told == ["error: there is no instance type ecs.nowhere"])
    #expect(line.requests.count { $0.operation == "DescribeInstanceTypes" } == 4)
  }

  @Test(arguments: [("Forbidden.RAM", 403), ("InvalidParameter", 400), ("InvalidApi.NotFound", 404)])
  func aRefusalThatTellsNothingOfTypesIsANote(code: String, status: Int) async throws {
    let line = Line { _, request in
      request.operation == "DescribeInstanceTypes" ? .refusal(status, code) : .passes
    }
    let told = try await diagnostics({ $0.instanceType = "ecs.g6.large" }, through: line)
    #expect(told.count == 1)
    #expect(
      told.first?.hasPrefix("note: whether the instance types exist could not be asked: \(code)") == true)
  }

  @Test func aServiceThatShowsMoreThanItWasAskedForIsReadToTheEnd() async throws {
    let line = Line { _, request in
      guard request.operation == "DescribeInstanceTypes" else { return .passes }
      let isFirst = !request.parameters.contains { $0.name == "NextToken" }
      let page: JSONValue = [
        "RequestId": "R", "NextToken": isFirst ? "more" : "",
        "InstanceTypes": ["InstanceType": [["InstanceTypeId": isFirst ? "ecs.a1.large" : "ecs.g6.large"]]],
      ]
      return .isAnswered(HTTPAnswer(status: 200, headers: [], body: Array(page.text.utf8)))
    }
    #expect(try await diagnostics({ $0.instanceType = "ecs.g6.large" }, through: line) == [])
  }

  @Test func tenTypesAreAskedForAtOnce() async throws {
    let line = Line()
    let many = (1...20).map { number in
      DesiredPipeline.shaped("p\(number)") { $0.instanceType = "ecs.g6.\(number)xlarge" }
    }
    #expect(try await diagnostics({ $0.instanceType = "ecs.g6.large" }, others: many, through: line) == [])
    #expect(line.requests.count { $0.operation == "DescribeInstanceTypes" } == 3)
  }

  @Test func aFamilyThatTheStackBuildsItselfMayComeAbout() async throws {
    let told = try await diagnostics(
      { $0.baseImage = "web-base" },
      others: [
        .shaped("base") { $0.imageOptions.imageFamily = "web-base" }
      ])
    #expect(told == ["warning: there is no image family web-base yet"])
  }

  @Test func aFamilyThatManyNameIsAskedForOnce() async throws {
    let line = Line()
    _ = try await diagnostics({ _ in }, others: [.shaped("second") { _ in }], through: line)
    #expect(line.requests.map(\.operation) == ["DescribeImageFromFamily"])
  }

  @Test func nothingIsAskedWhereNothingIsCreated() async throws {
    let cloud = try VirtualCloud()
    let state = DesiredState.sample()
    try await cloud.run(state)
    let preflight = Preflight(for: try await cloud.plan(state), of: state, regionID: "cn-hangzhou")
    let line = Line()
    #expect(await preflight.ask(through: cloud.operations(through: line), width: 2).isEmpty)
    #expect(line.requests.isEmpty)
  }

  @Test func aRefusalIsANoteAndBarsNothing() async throws {
    let line = Line { _, request in
      request.operation == "DescribeImageFromFamily" ? .refusal(403, "Forbidden.RAM") : .passes
    }
    let told = try await diagnostics({ _ in }, through: line)
    #expect(told.count == 1)
    #expect(
      told.first?.hasPrefix("note: whether the image families exist could not be asked: Forbidden.RAM")
        == true)
  }

  @Test func anAnswerWithoutItsListSaysNothing() async throws {
    let line = Line { _, request in
      guard request.operation == "DescribeRegions" else { return .passes }
      return .isAnswered(HTTPAnswer(status: 200, headers: [], body: Array(#"{"RequestId":"R"}"#.utf8)))
    }
    let told = try await diagnostics({ $0.toRegionIDs = ["cn-shanghai"] }, through: line)
    #expect(told.map { $0.prefix(5) } == ["note:"], "\(told)")
  }

  @Test func anErrorBarsThePlanAndANoteDoesNot() async throws {
    let cloud = try VirtualCloud()
    let state = DesiredState(
      stack: DesiredState.testStack, components: [], pipelines: [.shaped { $0.baseImage = "acs:nowhere" }])
    let plan = try await cloud.plan(state)
    let preflight = Preflight(for: plan, of: state, regionID: "cn-hangzhou")
    let missing = plan.adding(preflight.diagnostics([.family: .existing([])], areBinding: true))
    #expect(missing.refusals.map(\.rule) == ["preflight"])
    let unknown = plan.adding(preflight.diagnostics([.family: .unknown("no permission")], areBinding: true))
    #expect(unknown.isApplicable)
    #expect(unknown.warnings.map(\.severity) == [.note])
  }
}

extension DesiredPipeline {
  /// A pipeline without steps, which `change` shapes.
  fileprivate static func shaped(
    _ name: String = "web", _ change: (inout ImagePipeline) -> Void
  ) -> DesiredPipeline {
    var pipeline = ImagePipeline()
    pipeline.name = name
    pipeline.baseImageType = "IMAGE_FAMILY"
    pipeline.baseImage = "acs:ubuntu_22_04_x64"
    pipeline.buildContent = "RUN true"
    change(&pipeline)
    return DesiredPipeline(name: name, resource: pipeline, provenance: .test)
  }
}
