// SPDX-License-Identifier: Apache-2.0

import Planning
import Resources
import Testing

/// A tag whose value came from a sensitive variable is hidden on both sides of a change.
@Suite struct SensitiveTagTests {
  private func replan(tagging: Tagging?) throws -> String {
    func desired(_ password: String) -> DesiredState {
      var pipeline = ImagePipeline()
      pipeline.baseImageType = "IMAGE"
      pipeline.baseImage = "m-1"
      pipeline.tags = ["password": password]
      pipeline.resourceGroupID = "group of \(password)"
      var provenance = World.nowhere
      provenance.sensitive = ["tags", "resourceGroupId"]
      return DesiredState(
        stack: World.stack, components: [],
        pipelines: [DesiredPipeline(name: "web", resource: pipeline, provenance: provenance)],
        tagging: tagging)
    }
    let plan = Plan(from: try World.applied(desired("hunter2")), to: desired("swordfish"))
    #expect(plan.hasChanges)
    return plan.text(ink: Ink(isColoured: false))
  }

  @Test(arguments: [Tagging.inPlace, .replace])
  func neitherValueIsPrinted(_ tagging: Tagging) throws {
    let text = try replan(tagging: tagging)
    #expect(text.contains("tags.password"), "\(text)")
    #expect(!text.contains("hunter2") && !text.contains("swordfish"), "\(text)")
  }
}
