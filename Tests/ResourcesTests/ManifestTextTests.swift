// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

@Suite struct ManifestTextTests {
  private func manifest(_ change: (inout ImagePipeline) -> Void) -> String {
    var pipeline = ImagePipeline()
    (pipeline.name, pipeline.baseImageType, pipeline.baseImage) = ("web", "IMAGE", "m-1")
    change(&pipeline)
    return ObservedResource(
      id: "ip-1", resource: .pipeline(pipeline), creationTime: "2026-01-02T03:04:05Z"
    ).manifestYAML(named: "web")
  }

  /// Services show defaults in more than one way (reference §9).
  @Test func whatMeansTheSameAsNoValueIsNotExported() {
    let plain = manifest { _ in }
    #expect(manifest { $0.systemDiskSize = 0 } == plain)
    #expect(manifest { $0.systemDiskSize = 40 } == plain)
    #expect(manifest { $0.description = "" } == plain)
    #expect(manifest { $0.buildContent = "FROM IMAGE:m-1" } == plain)
    #expect(manifest { $0.testContent = "FROM IMAGE:m-1\n" } == plain)
    #expect(manifest { $0.systemDiskSize = 60 } != plain)
  }

  @Test(arguments: ["FROM IMAGE:m-1\nRUN a\n", "FROM IMAGE:m-1\r\nRUN a\n", "FROM IMAGE:m-1\n\nRUN a\n"])
  func theFromThatTheServiceWritesIsNotExported(_ content: String) {
    #expect(manifest { $0.buildContent = content } == manifest { $0.buildContent = "RUN a\n" })
  }

  @Test func aWordThatIsNoFromStays() {
    #expect("RUN echo FROM\n".withoutLeadingFrom == "RUN echo FROM\n")
    #expect("# first\nFROM IMAGE:m-1\nRUN a\n".withoutLeadingFrom == "# first\nRUN a\n")
  }
}
