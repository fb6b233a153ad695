// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax

/// Lists the executions of a pipeline, or certain ones.
@Sendable func describeImagePipelineExecutions(_ call: ServedCall) throws(Refusal) -> Work {
  let pipelineID = call.parameters["ImagePipelineId"]
  let ids = (call.parameters["ExecutionId"] ?? "").split(separator: ",").map(String.init)
  guard pipelineID != nil || !ids.isEmpty else {
    throw .missing("ImagePipelineId", code: "MissingParameter.ImagePipelineId")
  }
  guard ids.count <= 20 else {
    throw Refusal(400, "InvalidExecutionId.SizeExceeded", "The number of ExecutionId must not exceed 20.")
  }
  let states = try call.states()
  var query = ListQuery(kind: .execution, ids: ids)
  query.name = pipelineID
  query.tags = try call.tagFilter()
  let page = try call.page(of: query)

  return Work(writes: false) { [query] transaction in
    var found = try call.executions(of: pipelineID, ids, in: transaction)
    if let latest = call.conditions.lag > 0 ? call.now - call.conditions.lag : nil {
      found.removeAll { $0.object.created > latest }
    }
    if let states { found.removeAll { !states.contains($0.timeline.current(at: call.now).state) } }
    if !query.tags.isEmpty {
      found = try found.filter { try $0.object.bears(query.tags, in: transaction) }
    }
    let rest = found.filter { $0.object.sequence > page.after }
    let shown = rest.prefix(page.size)
    let last = shown.last?.object.sequence ?? 0
    let next = rest.count > shown.count ? PageToken.text(last, call: call, query: query.fingerprint) : nil
    let items = shown.map(call.json)
    return page.reply(
      items, total: found.count, next: next, "ImagePipelineExecution", "ImagePipelineExecutionSet")
  }
}

extension ServedCall {
  /// The states asked for, joined with commas; nil means all.
  fileprivate func states() throws(Refusal) -> Set<ExecutionState>? {
    guard let text = parameters["Status"] else { return nil }
    var states = Set<ExecutionState>()
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let state = ExecutionState(rawValue: String(word)) else {
        throw .invalid("Status", code: "InvalidParameter.Status")
      }
      states.insert(state)
    }
    return states
  }

  fileprivate func executions(
    of pipelineID: String?, _ ids: [String], in transaction: Transaction
  ) throws -> [StoredExecution] {
    guard let pipelineID else {
      return try ids.compactMap { try transaction.execution($0, in: scope) }
        .sorted { $0.object.sequence < $1.object.sequence }
    }
    guard let pipeline = try transaction.object(.pipeline, pipelineID, in: scope) else {
      throw Refusal.notFound("InvalidImagePipeline.NotFound", "ImagePipelineId")
    }
    return try transaction.executions(of: pipeline).filter { ids.isEmpty || ids.contains($0.object.id) }
  }

  fileprivate func json(_ execution: StoredExecution) -> String {
    let current = execution.timeline.current(at: now)
    let hasImage = execution.timeline.imageBegins.map { $0 <= now } ?? false
    let failed = current.state == .failed || current.state == .testFailed
    var reply = ServedReply(members: execution.object.item)
    reply.add("Status", .string(current.state.rawValue))
    reply.add("Message", .string(current.state.message))
    reply.add("ModifiedTime", .string(UTCTime(milliseconds: current.begins).iso8601))
    reply.add("ImageId", .string(hasImage ? execution.image : ""))
    reply.add("ErrorCode", .string(failed ? "CommandFailed" : ""))
    reply.add("ErrorInfo", .string(failed ? current.state.message : ""))
    reply.add("ResourceGroupId", .string(execution.object.resourceGroup))
    reply.add("Tags", json: "{\"Tag\":\(execution.object.tags)}")
    return "{\(reply.members)}"
  }
}

extension StoredObject {
  /// Whether it has all of `wanted`.
  func bears(_ wanted: [TagQuery], in transaction: Transaction) throws -> Bool {
    let tags = try transaction.tags(of: self)
    return wanted.allSatisfy { tag in
      guard let value = tags[tag.key ?? ""] else { return false }
      return value == tag.value ?? value
    }
  }
}
