// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Resources
import Testing

@Suite struct PipelineTests {
  @Test(arguments: Tier.allCases) func aCreatedPipelineIsShownWithItsDefaults(tier: Tier) async throws {
    try await withCloud(tier) { cloud in
      let created = try await cloud.call(
        "CreateImagePipeline",
        [
          "Name": "base", "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64",
          "BuildContent": "RUN true", "AddAccount.1": "1234567890",
        ])
      #expect(created.verdict == "200")
      let item = try await cloud.call("DescribeImagePipelines").pipelines.first ?? .null
      #expect(item["ImagePipelineId"]?.string == created["ImagePipelineId"])
      #expect(item["SystemDiskSize"] == 40)
      #expect(item["InternetMaxBandwidthOut"] == 0)
      #expect(item["DeleteInstanceOnFailure"] == true)
      #expect(item["AdvancedOptions"] == ["RetainCloudAssistant": false])
      #expect(item["AddAccounts"] == ["AddAccount": ["1234567890"]])
      #expect(item["ToRegionIds"] == ["ToRegionId": []])
      #expect(item["ImportImageOptions"] == nil)
    }
  }

  @Test func aDeletedPipelineFreesItsComponents() async throws {
    try await withCloud { cloud in
      let component = try await cloud.call("CreateImageComponent", ["Name": "web", "Content": "RUN true"])
      let id = component["ImageComponentId"]
      let pipeline = try await cloud.createPipeline(build: "COMPONENT \(id)")
      #expect(pipeline.verdict == "200")
      #expect(
        try await cloud.call("DeleteImageComponent", ["ImageComponentId": id]).verdict
          == "403 InvalidImageComponent.InUse")
      let pipelineID = pipeline["ImagePipelineId"]
      #expect(try await cloud.call("DeleteImagePipeline", ["ImagePipelineId": pipelineID]).verdict == "200")
      #expect(try await cloud.call("DeleteImageComponent", ["ImageComponentId": id]).verdict == "200")
      #expect(
        try await cloud.call("DeleteImagePipeline", ["ImagePipelineId": pipelineID]).verdict
          == "404 InvalidImagePipeline.NotFound")
    }
  }

  @Test(arguments: [
    "acs:ecs:cn-hangzhou:1000000000000001:imagecomponent/web/1.0.0",
    "acs:ecs:cn-hangzhou:1000000000000001:imagecomponent/web:1.0.*",
    "acs:ecs:cn-hangzhou:1000000000000001:imagecomponent/web/*.*.*",
  ]) func anARNNamesAComponent(arn: String) async throws {
    try await withCloud { cloud in
      let id = try await cloud.call("CreateImageComponent", ["Name": "web", "Content": "RUN true"])[
        "ImageComponentId"]
      #expect(try await cloud.createPipeline(build: "COMPONENT \(arn)").verdict == "200")
      #expect(
        try await cloud.call("DeleteImageComponent", ["ImageComponentId": id]).verdict
          == "403 InvalidImageComponent.InUse")
    }
  }

  @Test(arguments: [
    "ic-unknown", "acs:ecs:cn-hangzhou:1000000000000001:imagecomponent/web/2.*.*",
    "acs:ecs:cn-beijing:1000000000000001:imagecomponent/web/1.0.0",
    "acs:ecs:cn-hangzhou:1000000000000002:imagecomponent/web/1.0.0",
  ]) func aComponentThatDoesNotExistIsRefused(reference: String) async throws {
    try await withCloud { cloud in
      _ = try await cloud.call("CreateImageComponent", ["Name": "web", "Content": "RUN true"])
      #expect(
        try await cloud.createPipeline(build: "COMPONENT \(reference)").verdict
          == "404 ImageComponent.NotFound")
    }
  }

  @Test func componentsServeTheirOwnStageAndSystemOnly() async throws {
    try await withCloud { cloud in
      let test = try await cloud.call(
        "CreateImageComponent", ["ComponentType": "Test", "Content": "RUN true"])
      let id = test["ImageComponentId"]
      #expect(
        try await cloud.createPipeline(build: "COMPONENT \(id)").verdict
          == "400 InvalidImageComponent.NotSupported")
      #expect(try await cloud.createPipeline(build: "RUN true", test: "COMPONENT \(id)").verdict == "200")
      #expect(try await cloud.createPipeline(build: "COMPONENT ic-sys00000000000000001").verdict == "200")
    }
  }
}

extension TestClient {
  /// Creates a pipeline with what it needs and no more.
  func createPipeline(
    build: String? = nil, test: String? = nil, name: String = "base", image: String = "acs:ubuntu_22_04_x64"
  ) async throws -> Outcome {
    let given = [("Name", name), ("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", image)]
    return try await call(
      "CreateImagePipeline",
      given.map { (name: $0.0, value: $0.1) }.with("BuildContent", build).with("TestContent", test))
  }
}
