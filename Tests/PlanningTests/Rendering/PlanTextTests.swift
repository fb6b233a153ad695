// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Planning
import Resources
import Testing

/// The plan for people, beyond what the golden files of `Tests/Cases/plans` show.
@Suite struct PlanTextTests {
  /// On all cores a plan is written in portions: the text must not show where one ends.
  @Test(arguments: [0, 1, 63, 64, 65, 300])
  func allCoresWriteWhatOneWrites(_ count: Int) async {
    let pipelines = (0..<count).map { number in
      var pipeline = ImagePipeline()
      pipeline.baseImageType = "IMAGE"
      pipeline.baseImage = "m-\(number)"
      pipeline.buildContent = "RUN echo \(number)\n"
      return DesiredPipeline(name: "web-\(number)", resource: pipeline, provenance: World.nowhere)
    }
    let plan = Plan(
      from: ObservedState(owned: []),
      to: DesiredState(stack: World.stack, components: [], pipelines: pipelines))
    #expect(plan.changes.count == count)
    for ink in [Ink(isColoured: false), Ink(isColoured: true)] {
      #expect(await plan.textOnAllCores(ink: ink) == plan.text(ink: ink))
    }
  }

  /// The service writes it (reference §9): nobody takes it away.
  @Test func aFromOfTheServiceIsNotShownAsTakenAway() throws {
    let world = try World(.text("RUN echo 1\nRUN echo 2\n"))
    var next = world.desired.pipelines[0].resource
    next.buildContent = "RUN echo 1\nRUN echo 3\n"
    let shown = world.observed(
      showing: [("BuildContent", "FROM IMAGE_FAMILY:acs:ubuntu_22_04_x64\nRUN echo 1\nRUN echo 2\n")],
      at: "pipeline/web")
    let text = Plan(from: shown, to: world.desired(with: next)).text(ink: Ink(isColoured: false))
    #expect(text.contains("- RUN echo 2"))
    #expect(!text.contains("FROM"))
  }
}
