// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import JSONSyntax

extension Provocation {
  /// The rows of the operations on executions.
  static let executions: [Provocation] = starts + startsOfImports + describingExecutions + cancelling

  private static let start = "StartImagePipelineExecution"

  /// Starts of a pipeline that could be made, and cannot be built for what has happened since.
  private static let starts: [Provocation] = [
    request(start, "403 InvalidImagePipeline.HasRunningExecution") { cloud in
      let pipeline = try await cloud.createPipeline()
      _ = try await cloud.start(pipeline)
      return try await cloud.start(pipeline)
    },
    call(start, "404 InvalidImagePipeline.NotFound", ["ImagePipelineId": "ip-none"]),
    call(start, "404 InvalidRegionId.NotFound", ["ImagePipelineId": "ip-1", "RegionId": "cn-nowhere"]),
    broken("404 InvalidImagePipeline.BaseImageNotFound", ["missing": ["m-base"]]),
    broken(
      "404 InvalidImage.NotFound", ["missing": ["golden"]],
      ["BaseImageType": "IMAGE_FAMILY", "BaseImage": "golden"]),
    broken("400 InvalidImage.OsTypeUnsupported", ["unsupported": ["m-base"]]),
    broken(
      "404 InvalidInstanceType.NotFound", ["missing": ["ecs.g6.large"]], ["InstanceType": "ecs.g6.large"]),
    broken("404 InvalidVSwitchId.NotFound", ["missing": ["vsw-one"]], ["VSwitchId": "vsw-one"]),
    request(start, "404 ImageComponent.NotFound") { cloud in
      let id = try await cloud.createComponent()
      let pipeline = try await cloud.createPipeline(build: "COMPONENT \(id)")
      _ = try await cloud.control("PUT", "conditions", ["missing": [.string(id)]])
      return try await cloud.start(pipeline)
    },
    newerComponent("400 InvalidImageComponent.NotSupported", ["ComponentType": "Test"]),
    newerComponent("400 InvalidParameter.BuildContent", ["Content": withParameter]),
    newerComponent(
      "400 InvalidParameter.TestContent", ["Content": withParameter, "ComponentType": "Test"],
      stage: "TestContent", first: ["ComponentType": "Test"]),
    tagged("400 Duplicate.TagKey", ["Tag.1.Key": "a", "Tag.2.Key": "a"]),
    tagged("400 InvalidTagKey.Malformed", ["Tag.1.Key": "acs:a"]),
    tagged("400 InvalidTagValue.Malformed", ["Tag.1.Key": "a", "Tag.1.Value": "https://a"]),
    request(start, "500 StartImagePipelineExecution.Failed") {
      try await $0.start($0.createPipeline(build: "RUN : emulate=refuse"))
    },
  ]

  private static let startsOfImports: [Provocation] = [
    ("404 InvalidImagePipeline.OSSObjectNotFound", "missing", "disk.qcow2"),
    ("403 InvalidImagePipeline.OSSObjectNotAuthorized", "forbidden", "disk.qcow2"),
    ("403 InvalidImagePipeline.OSSObjectNeedRestore", "archived", "disk.qcow2"),
    ("403 InvalidOperation.NoRightAccessOSS", "forbidden", "images"),
  ].map { verdict, condition, name in
    broken(verdict, [condition: [.string(name)]], CreateImagePipelineRules.importBase)
  }

  private static let describingExecutions: [Provocation] = [
    call("DescribeImagePipelineExecutions", "400 MissingParameter.ImagePipelineId", [:]),
    call(
      "DescribeImagePipelineExecutions", "400 InvalidParameter.Status",
      ["ExecutionId": "exec-1", "Status": "DONE"]),
    call(
      "DescribeImagePipelineExecutions", "400 InvalidExecutionId.SizeExceeded",
      ["ExecutionId": (1...21).map { "exec-\($0)" }.joined(separator: ",")]),
    call(
      "DescribeImagePipelineExecutions", "403 Invalid.NextToken",
      ["ExecutionId": "exec-1", "NextToken": "rubbish"]),
    call(
      "DescribeImagePipelineExecutions", "404 InvalidImagePipeline.NotFound", ["ImagePipelineId": "ip-none"]),
  ]

  private static let cancelling: [Provocation] = [
    cancelled("400 InvalidStatus.CancelFailed", in: "SUCCESS"),
    cancelled("403 InvalidStatus.ImagePipelineExecution", in: "DISTRIBUTING"),
    call(
      "CancelImagePipelineExecution", "404 InvalidImagePipelineExecution.NotFound", ["ExecutionId": "exec-0"]),
    call(
      "CancelImagePipelineExecution", "404 InvalidImagePipelineExecutionId.NotFound",
      ["ExecutionId": "task-0"]),
  ]

  /// A start after `conditions` have come about since the pipeline was made.
  private static func broken(
    _ verdict: String, _ conditions: JSONValue,
    _ given: [String: String] = [:]
  ) -> Provocation {
    request(start, verdict) { cloud in
      let base = ["BaseImageType": "IMAGE", "BaseImage": "m-base"]
      let pipeline = try await cloud.call("CreateImagePipeline", base.merging(given) { $1 })
      _ = try await cloud.control("PUT", "conditions", conditions)
      return try await cloud.start(pipeline)
    }
  }

  /// A start after a newer version of a component has come, which the pipeline's pattern means from then on.
  private static func newerComponent(
    _ verdict: String, _ newer: [String: String], stage: String = "BuildContent",
    first: [String: String] = [:]
  ) -> Provocation {
    request(start, verdict) { cloud in
      _ = try await cloud.createComponent(first.merging(["ComponentVersion": "1.0.0"]) { $1 })
      let arn = "acs:ecs:cn-hangzhou:\(AccessKey.defaultAccount):imagecomponent/web/1.*.*"
      let pipeline = try await cloud.call(
        "CreateImagePipeline",
        ["BaseImageType": "IMAGE", "BaseImage": "m-base", stage: "COMPONENT \(arn)"])
      _ = try await cloud.createComponent(newer.merging(["ComponentVersion": "1.1.0"]) { $1 })
      return try await cloud.start(pipeline)
    }
  }

  private static func tagged(_ verdict: String, _ tags: [String: String]) -> Provocation {
    request(start, verdict) { cloud in
      let id = try await cloud.createPipeline()["ImagePipelineId"]
      return try await cloud.call(start, tags.merging(["ImagePipelineId": id]) { $1 })
    }
  }

  private static func cancelled(_ verdict: String, in state: String) -> Provocation {
    request("CancelImagePipelineExecution", verdict) { cloud in
      let id = try await cloud.start(cloud.createPipeline())["ExecutionId"]
      _ = try await cloud.control(
        "POST", "executions", ["executionId": .string(id), "status": .string(state)])
      return try await cloud.call("CancelImagePipelineExecution", ["ExecutionId": id])
    }
  }

  private static let withParameter = """
    Parameters:
      port: {Type: Number}
    Tasks:
      - Name: a
        Action: RunShellCommand
        Properties: {commandContent: "echo {{ port }}"}
    """
}
