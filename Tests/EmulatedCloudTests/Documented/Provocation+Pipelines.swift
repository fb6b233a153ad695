// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud

extension Provocation {
  /// The rows of the operations on pipelines.
  static let pipelines: [Provocation] =
    rules("CreateImagePipeline", CreateImagePipelineRules.rules) { cloud, rule in
      try await cloud.call("CreateImagePipeline", CreateImagePipelineRules.base.merging(rule.changes) { $1 })
    }
    + rules("CreateImagePipeline", CreateImagePipelineRules.importRules) { cloud, rule in
      try await cloud.call(
        "CreateImagePipeline", CreateImagePipelineRules.importBase.merging(rule.changes) { $1 })
    }
    + commands.map { code, content in
      call(
        "CreateImagePipeline", "400 \(code)",
        CreateImagePipelineRules.base.merging(["BuildContent": content]) { $1 })
    } + creatingPipelines + describingPipelines + deletingPipelines

  private static let creatingPipelines: [Provocation] =
    [
      request("CreateImagePipeline", "400 InvalidImageName.Duplicated") { cloud in
        let given = CreateImagePipelineRules.base.merging([
          "ImageOptions.ImageName": "golden", "AdvancedOptions.ImageNameSuffix": "disable",
        ]) { $1 }
        _ = try await cloud.start(cloud.call("CreateImagePipeline", given))
        return try await cloud.call("CreateImagePipeline", given)
      },
      request("CreateImagePipeline", "400 QuotaExceed.ImagePipeline", configure: { $0.quotas.pipelines = 1 })
      {
        _ = try await $0.createPipeline()
        return try await $0.createPipeline()
      },
      call(
        "CreateImagePipeline", "400 NoPermission", CreateImagePipelineRules.base,
        configure: { $0.deny("pipelines") }),
      call(
        "CreateImagePipeline", "403 InvalidOperation.NoPermissionCreateServiceLinkedRole",
        CreateImagePipelineRules.base, configure: { $0.deny("ram:CreateServiceLinkedRole") }),
      request(
        "CreateImagePipeline", "403 ImagePipeline.NotSupportWindowsInstance",
        configure: { $0.legacyFrom = true }
      ) { try await $0.createPipeline(image: "acs:windows_server_2022_dtc_en") },
    ]
    + faults(
      "CreateImagePipeline", because: "no parameter names an instance to build from",
      ["400 InvalidSourceInstance.NotFound"])

  private static let describingPipelines = rules(
    "DescribeImagePipelines", ListRules.shared + ListRules.pipelines
  ) { cloud, rule in try await cloud.call("DescribeImagePipelines", rule.changes) }

  private static let deletingPipelines: [Provocation] = [
    request("DeleteImagePipeline", "403 InvalidImagePipeline.HasRunningExecution") { cloud in
      let pipeline = try await cloud.createPipeline()
      _ = try await cloud.start(pipeline)
      return try await cloud.call(
        "DeleteImagePipeline", ["ImagePipelineId": pipeline["ImagePipelineId"]])
    },
    call("DeleteImagePipeline", "404 InvalidImagePipeline.NotFound", ["ImagePipelineId": "ip-none"]),
  ]
}
