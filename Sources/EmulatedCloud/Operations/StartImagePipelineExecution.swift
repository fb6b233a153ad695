// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Resources

/// Starts a build, of which each pipeline has one at a time.
@Sendable func startImagePipelineExecution(_ call: ServedCall) throws(Refusal) -> Work {
  let pipelineID = try call.required("ImagePipelineId")
  let tags = try call.newTags()
  let id = call.identifiers.make("exec-")
  let imageID = call.identifiers.make("m-")
  return Work(writes: true) { transaction in
    guard let stored = try transaction.object(.pipeline, pipelineID, in: call.scope) else {
      throw Refusal.notFound("InvalidImagePipeline.NotFound", "ImagePipelineId")
    }
    guard try !transaction.isRunning(pipeline: stored.sequence, at: call.now) else {
      throw Refusal.hasRunningExecution
    }
    let pipeline = try ImagePipeline(stored)
    try call.checkSurroundings(of: pipeline, on: .start)
    let contents = try call.contents(of: pipeline, in: transaction)
    let outcome = OutcomeMarker.outcome(of: contents.build)
    guard outcome != .refuse else {
      throw Refusal(500, "StartImagePipelineExecution.Failed", "The execution could not be started.")
    }
    let timeline = Timeline(
      from: call.now, repairs: pipeline.repairMode != nil, tests: pipeline.testContent != nil,
      build: outcome, test: OutcomeMarker.outcome(of: contents.test),
      lasting: call.settings.duration(of:))
    let item: [String: JSONValue] = [
      "ExecutionId": .string(id), "ImagePipelineId": .string(pipelineID),
      "CreationTime": .string(UTCTime(milliseconds: call.now).iso8601),
    ]
    let object = NewObject(
      kind: .execution, id: id, name: id, resourceGroup: stored.resourceGroup, created: call.now,
      item: item.unbraced, tags: tags)
    let sequence = try transaction.insert(object, in: call.scope)
    try transaction.insertExecution(timeline, of: stored.sequence, image: imageID, for: sequence)
    let build = ImageBuild(
      pipeline: pipeline, execution: id, imageID: imageID, resourceGroup: stored.resourceGroup)
    try build.plan(along: timeline, for: call, in: transaction)
    return ServedReply(["ExecutionId": .string(id)])
  }
}

extension ImagePipeline {
  /// The pipeline that is stored.
  init(_ stored: StoredObject) throws {
    self.init(replyItem: try JSONValue(parsing: Array(stored.json.utf8)))
  }
}

extension Refusal {
  /// A build of the pipeline is under way.
  static let hasRunningExecution = Refusal(
    403, "InvalidImagePipeline.HasRunningExecution", "The specified image pipeline has a running execution.")
}

extension ServedCall {
  /// The contents that a build of `pipeline` runs, those of its components among them.
  ///
  /// References are looked up again, so what has become impossible since the pipeline was made is refused here.
  fileprivate func contents(
    of pipeline: ImagePipeline, in transaction: Transaction
  ) throws -> (build: [String], test: [String]) {
    let system = try systemType(of: pipeline, on: .start, in: transaction)
    let content = try PipelineContent(pipeline)
    let used = try content.resolved(for: self, system: system, in: transaction)
    let texts = try used.map { try transaction.content(ofComponent: $0.component) }
    func commands(of stage: PipelineContent.Stage, _ own: String?) -> [String] {
      [own ?? ""] + zip(used, texts).filter { $0.0.stage == stage }.map(\.1)
    }
    return (commands(of: .build, pipeline.buildContent), commands(of: .test, pipeline.testContent))
  }
}
