// SPDX-License-Identifier: Apache-2.0

/// Stops a build; that it is cancelled shows a little later.
@Sendable func cancelImagePipelineExecution(_ call: ServedCall) throws(Refusal) -> Work {
  let id = try call.required("ExecutionId")
  guard id.hasPrefix("exec-") else {
    throw .notFound("InvalidImagePipelineExecutionId.NotFound", "ExecutionId")
  }
  return Work(writes: true) { transaction in
    guard let execution = try transaction.execution(id, in: call.scope) else {
      throw Refusal.notFound("InvalidImagePipelineExecution.NotFound", "ExecutionId")
    }
    let state = execution.timeline.current(at: call.now).state
    guard state != .cancelling else { return ServedReply() }
    guard !state.isTerminal else {
      throw Refusal(
        400, "InvalidStatus.CancelFailed", "The execution is over: \(state.rawValue).")
    }
    guard state.isCancellable else {
      throw Refusal(
        403, "InvalidStatus.ImagePipelineExecution",
        "An execution that is \(state.rawValue) can't be cancelled.")
    }
    var timeline = execution.timeline
    timeline.divert(
      at: call.now, to: [.cancelling, .cancelled], lasting: call.settings.duration(of: .cancelling))
    try transaction.setTimeline(timeline, of: execution)
    try transaction.deleteImages(of: execution, after: call.now)
    return ServedReply()
  }
}
