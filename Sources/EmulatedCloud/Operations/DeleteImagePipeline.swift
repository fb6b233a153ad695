// SPDX-License-Identifier: Apache-2.0

/// Deletes a pipeline with the records of its executions; the images stay.
@Sendable func deleteImagePipeline(_ call: ServedCall) throws(Refusal) -> Work {
  let id = try call.required("ImagePipelineId")
  return Work(writes: true) { transaction in
    guard let pipeline = try transaction.object(.pipeline, id, in: call.scope) else {
      throw Refusal.notFound("InvalidImagePipeline.NotFound", "ImagePipelineId")
    }
    guard try !transaction.isRunning(pipeline: pipeline.sequence, at: call.now) else {
      throw Refusal.hasRunningExecution
    }
    try transaction.deleteExecutions(of: pipeline)
    try transaction.delete(pipeline)
    return ServedReply()
  }
}
