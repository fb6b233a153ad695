// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax
import Testing

@Suite struct ExecutionTests {
  /// Seconds after the start, and the state that then holds.
  static let courses: [(build: String, test: String?, repair: Bool, states: [(Int64, String)])] = [
    (
      "RUN true", nil, false,
      [(0, "PREPARING"), (60, "BUILDING"), (360, "DISTRIBUTING"), (420, "RELEASING"), (450, "SUCCESS")]
    ),
    (
      "RUN true", "RUN true", true,
      [
        (59, "PREPARING"), (60, "REPAIRING"), (120, "BUILDING"), (420, "TESTING"), (540, "DISTRIBUTING"),
        (600, "RELEASING"),
        (630, "SUCCESS"),
      ]
    ),
    ("RUN : emulate=fail", nil, false, [(360, "RELEASING"), (390, "FAILED")]),
    ("RUN true", "RUN : emulate=fail", false, [(360, "TESTING"), (480, "RELEASING"), (510, "TEST_FAILED")]),
    ("RUN : emulate=partial", nil, false, [(450, "PARTITION_SUCCESS")]),
    ("RUN : emulate=hang", nil, false, [(1_000_000, "BUILDING")]),
  ]

  @Test(arguments: courses.indices) func anExecutionTakesItsCourse(index: Int) async throws {
    let course = Self.courses[index]
    let time = TestTime()
    try await withCloud(.call, .test(time)) { cloud in
      let pipeline = try await cloud.call(
        "CreateImagePipeline",
        [
          "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64", "BuildContent": course.build,
          "TestContent": course.test ?? "", "RepairMode": course.repair ? "Standard" : "",
        ])
      let id = try await cloud.start(pipeline)["ExecutionId"]
      var passed: Int64 = 0
      for (seconds, state) in course.states {
        time.pass((seconds - passed) * 1000)
        passed = seconds
        let shown = try await cloud.call("DescribeImagePipelineExecutions", ["ExecutionId": id]).executions
        #expect(shown.first?["Status"]?.string == state)
      }
    }
  }

  @Test(arguments: Tier.allCases) func aPipelineBuildsOneImageAtATime(tier: Tier) async throws {
    let time = TestTime()
    try await withCloud(tier, .test(time)) { cloud in
      let pipeline = try await cloud.createPipeline(build: "RUN true")
      let id = pipeline["ImagePipelineId"]
      #expect(try await cloud.start(pipeline).verdict == "200")
      #expect(try await cloud.start(pipeline).verdict == "403 InvalidImagePipeline.HasRunningExecution")
      try await cloud.expect(
        "403 InvalidImagePipeline.HasRunningExecution", "DeleteImagePipeline", ["ImagePipelineId": id])
      time.pass(450_000)
      #expect(try await cloud.start(pipeline).verdict == "200")
      time.pass(450_000)
      let both = try await cloud.call("DescribeImagePipelineExecutions", ["ImagePipelineId": id])
      #expect(both.executions.count == 2)
      try await cloud.expect("200", "DeleteImagePipeline", ["ImagePipelineId": id])
      try await cloud.expect(
        "404 InvalidImagePipeline.NotFound", "DescribeImagePipelineExecutions", ["ImagePipelineId": id])
      let image = try await cloud.call("DescribeImages", ["ImageOwnerAlias": "self"])
      #expect(image.json["TotalCount"] == 2)
    }
  }

  @Test func anExecutionIsCancelledWhileItBuilds() async throws {
    let time = TestTime()
    try await withCloud(.call, .test(time)) { cloud in
      let id = try await cloud.start(cloud.createPipeline(build: "RUN true"))["ExecutionId"]
      time.pass(61_000)
      try await cloud.expect("200", "CancelImagePipelineExecution", ["ExecutionId": id])
      try await cloud.expect("200", "CancelImagePipelineExecution", ["ExecutionId": id])
      let cancelling = try await cloud.call("DescribeImagePipelineExecutions", ["ExecutionId": id])
      #expect(cancelling.executions.first?["Status"] == "CANCELLING")
      time.pass(20_000)
      let cancelled = try await cloud.call("DescribeImagePipelineExecutions", ["ExecutionId": id])
      #expect(cancelled.executions.first?["Status"] == "CANCELLED")
      try await cloud.expect(
        "400 InvalidStatus.CancelFailed", "CancelImagePipelineExecution", ["ExecutionId": id])
      time.pass(1_000_000)
      #expect(try await cloud.call("DescribeImages", ["ImageOwnerAlias": "self"]).json["TotalCount"] == 0)
    }
  }

  @Test func distributionCannotBeCancelled() async throws {
    let time = TestTime()
    try await withCloud(.call, .test(time)) { cloud in
      let id = try await cloud.start(cloud.createPipeline(build: "RUN true"))["ExecutionId"]
      time.pass(361_000)
      try await cloud.expect(
        "403 InvalidStatus.ImagePipelineExecution", "CancelImagePipelineExecution", ["ExecutionId": id])
      try await cloud.expect(
        "404 InvalidImagePipelineExecution.NotFound", "CancelImagePipelineExecution",
        ["ExecutionId": "exec-0"])
    }
  }

  @Test func imagesAppearInEveryTargetRegion() async throws {
    let time = TestTime()
    try await withCloud(.call, .test(time)) { cloud in
      let pipeline = try await cloud.call(
        "CreateImagePipeline",
        [
          "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64", "BuildContent": "RUN true",
          "ImageOptions.ImageName": "golden", "ImageOptions.ImageFamily": "golden-family",
          "ImageOptions.ImageTags.1.Key": "team", "ImageOptions.ImageTags.1.Value": "infra",
          "ToRegionId.1": "cn-shanghai", "ToRegionId.2": "cn-hangzhou",
        ])
      let execution = try await cloud.start(pipeline)["ExecutionId"]
      var there = cloud
      there.region = "cn-shanghai"
      time.pass(400_000)
      let here = try await cloud.call("DescribeImageFromFamily", ["ImageFamily": "golden-family"])
      #expect(here.json["Image"]?["ImageName"]?.string == "golden_\(execution)")
      #expect(here.json["Image"]?["Tags"] == ["Tag": [["TagKey": "team", "TagValue": "infra"]]])
      let early = try await there.call("DescribeImageFromFamily", ["ImageFamily": "golden-family"])
      #expect(early.json["Image"] == [:])
      time.pass(60_000)
      let copied = try await there.call("DescribeImages", ["ImageFamily": "golden-family"])
      #expect(copied.json["Images"]?["Image"]?.array?.map { $0["IsCopied"] } == [true])
      let shown = try await cloud.call("DescribeImagePipelineExecutions", ["ExecutionId": execution])
      #expect(shown.executions.first?["ImageId"] == here.json["Image"]?["ImageId"])
    }
  }

  @Test func anImageNameWithoutSuffixIsUnique() async throws {
    let time = TestTime()
    try await withCloud(.call, .test(time)) { cloud in
      func create() async throws -> Outcome {
        try await cloud.call(
          "CreateImagePipeline",
          [
            "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64",
            "ImageOptions.ImageName": "golden",
            "AdvancedOptions.ImageNameSuffix": "disable",
          ])
      }
      let first = try await cloud.start(create())
      #expect(first.verdict == "200")
      let second = try await create()
      #expect(second.verdict == "400 InvalidImageName.Duplicated")
    }
  }

  @Test func statesAreFiltered() async throws {
    let time = TestTime()
    try await withCloud(.call, .test(time)) { cloud in
      let pipeline = try await cloud.createPipeline(build: "RUN true")
      let id = pipeline["ImagePipelineId"]
      _ = try await cloud.start(pipeline)
      let running = try await cloud.call(
        "DescribeImagePipelineExecutions", ["ImagePipelineId": id, "Status": "PREPARING,BUILDING"])
      #expect(running.executions.count == 1)
      let over = try await cloud.call(
        "DescribeImagePipelineExecutions", ["ImagePipelineId": id, "Status": "SUCCESS"])
      #expect(over.executions == [])
      try await cloud.expect(
        "400 InvalidParameter.Status", "DescribeImagePipelineExecutions",
        ["ImagePipelineId": id, "Status": "DONE"])
      try await cloud.expect("400 MissingParameter.ImagePipelineId", "DescribeImagePipelineExecutions")
    }
  }
}

extension TestClient {
  func start(_ pipeline: Outcome) async throws -> Outcome {
    try await call("StartImagePipelineExecution", ["ImagePipelineId": pipeline["ImagePipelineId"]])
  }
}
