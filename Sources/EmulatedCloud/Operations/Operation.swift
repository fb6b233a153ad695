// SPDX-License-Identifier: Apache-2.0

/// One operation of the API: a row of the table by which calls find their way.
struct Operation: Sendable {
  /// The APIs that are served.
  enum API: String, Sendable {
    case ecs = "2014-05-26"
    case sts = "2015-04-01"
  }

  let name: String
  let api: API
  /// The parameters without which nothing goes, in the order in which they are missed.
  let required: [RequiredParameter]
  /// Whether a ClientToken makes repetitions harmless.
  let takesToken: Bool
  /// Whether it is called without a signature.
  let isAnonymous: Bool
  /// Checks the call, and says what is to be done.
  let prepare: @Sendable (ServedCall) throws(Refusal) -> Work

  init(
    _ name: String, api: API = .ecs, required: [RequiredParameter] = [], takesToken: Bool = false,
    isAnonymous: Bool = false, _ prepare: @escaping @Sendable (ServedCall) throws(Refusal) -> Work
  ) {
    self.name = name
    self.api = api
    self.required = required
    self.takesToken = takesToken
    self.isAnonymous = isAnonymous
    self.prepare = prepare
  }
}

/// A parameter that must be there, with the refusal of its absence.
struct RequiredParameter: Sendable, ExpressibleByStringLiteral {
  let name: String
  let refusal: Refusal

  init(_ name: String, status: Int, code: String = "MissingParameter") {
    self.name = name
    refusal = .missing(name, status: status, code: code)
  }

  init(stringLiteral name: String) {
    self.init(name, status: 400)
  }
}

extension Operation {
  /// The operation that a request asks for; the case of letters matters.
  static func named(_ name: String, version: String, path: String) throws(Refusal) -> Operation {
    guard path == "/" || path.isEmpty else {
      throw Refusal(
        404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method.")
    }
    guard !name.isEmpty else { throw .missing("Action") }
    guard !version.isEmpty else { throw .missing("Version") }
    guard let operation = byName[name], operation.api.rawValue == version else {
      throw Refusal(
        404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method.")
    }
    return operation
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// Everything that is served.
  static let all: [Operation] = [
    Operation("CreateImageComponent", required: ["RegionId"], takesToken: true, createImageComponent),
    Operation("DescribeImageComponents", required: ["RegionId"], describeImageComponents),
    Operation(
      "DeleteImageComponent", required: ["RegionId", "ImageComponentId"], deleteImageComponent),
    Operation(
      "CreateImagePipeline", required: ["RegionId"], takesToken: true, createImagePipeline),
    Operation("DescribeImagePipelines", required: ["RegionId"], describeImagePipelines),
    Operation("DeleteImagePipeline", required: ["RegionId", "ImagePipelineId"], deleteImagePipeline),
    Operation(
      "StartImagePipelineExecution", required: ["RegionId", "ImagePipelineId"], takesToken: true,
      startImagePipelineExecution),
    Operation(
      "DescribeImagePipelineExecutions", required: ["RegionId"], describeImagePipelineExecutions),
    Operation(
      "CancelImagePipelineExecution", required: ["RegionId", "ExecutionId"], cancelImagePipelineExecution),
    Operation("DescribeImages", required: ["RegionId"], describeImages),
    Operation(
      "DescribeImageFromFamily", required: ["RegionId", "ImageFamily"], describeImageFromFamily),
    Operation("TagResources", required: tagFamily + [.tags], tagResources),
    Operation("UntagResources", required: tagFamily, untagResources),
    Operation(
      "ListTagResources", required: [.tagRegion, .tagResourceType], listTagResources),
    Operation(
      "JoinResourceGroup",
      required: ["ResourceType", "ResourceId", "RegionId", "ResourceGroupId"].map {
        RequiredParameter($0, status: 403)
      }, joinResourceGroup),
    Operation("DescribeInstanceTypes", describeInstanceTypes),
    Operation("DescribeRegions", describeRegions),
    Operation("AssumeRole", api: .sts, required: ["RoleArn", "RoleSessionName"], assumeRole),
    Operation(
      "AssumeRoleWithOIDC", api: .sts,
      required: ["OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName"], isAnonymous: true,
      assumeRoleWithOIDC),
    Operation("GetCallerIdentity", api: .sts, getCallerIdentity),
  ]

  private static let tagFamily: [RequiredParameter] = [.tagRegion, .tagResourceType, .tagResourceIDs]
}

extension RequiredParameter {
  fileprivate static let tagRegion = RequiredParameter(
    "RegionId", status: 404, code: "MissingParameter.RegionId")
  fileprivate static let tagResourceType = RequiredParameter(
    "ResourceType", status: 404, code: "MissingParameter.ResourceType")
  fileprivate static let tagResourceIDs = RequiredParameter(
    "ResourceId", status: 404, code: "MissingParameter.ResourceIds")
  fileprivate static let tags = RequiredParameter("Tag", status: 404, code: "MissingParameter.Tags")
}
