// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax

/// Lets tests steer the emulated cloud: `/_kiln/…`, unsigned, off unless asked for.
struct Control: Sendable {
  static let prefix = "/_kiln/"

  let front: Front

  /// Answers one request, `{"error":…}` where it can't be followed.
  func answer(_ request: ServiceRequest) async throws -> ServiceAnswer {
    let body = request.body.isEmpty ? JSONValue.object([:]) : try? JSONValue(parsing: request.body)
    guard let body else { return Self.problem("the body is not JSON") }
    let name = request.path.dropFirst(Self.prefix.count)
    switch "\(request.method) \(name)" {
    case "GET status": return status
    case "POST clock": return turnClock(body)
    case "PUT faults": return setFaults(body)
    case "DELETE faults":
      front.setFaults(FaultPlan())
      return status
    case "PUT rate-limits": return setRateLimits(body)
    case "PUT quotas": return setQuotas(body)
    case "PUT conditions": return setConditions(body)
    case "PUT denials": return setDenials(body)
    case "PUT pipeline-tags": return setPipelineTags(body)
    case "POST resource-groups": return await setResourceGroup(body)
    case "POST executions": return await divert(body)
    default: return Self.problem("there is no \(request.method) \(request.path)", status: 404)
    }
  }

  /// The answer to what has been done.
  var status: ServiceAnswer {
    Self.reply([
      "time": .string(UTCTime(milliseconds: front.moment.service).iso8601),
      "operations": .array(Operation.all.map { .string($0.name) }),
    ])
  }

  private func turnClock(_ body: JSONValue) -> ServiceAnswer {
    let millennium = 31_557_600_000
    guard let seconds = body["advance"]?.integer, (0...millennium).contains(seconds) else {
      return Self.problem("advance must be a number of seconds, at most a thousand years")
    }
    guard front.advance(milliseconds: Int64(seconds) * 1000) else {
      return Self.problem("the clock is not turned by hand", status: 409)
    }
    return status
  }

  private func setFaults(_ body: JSONValue) -> ServiceAnswer {
    guard let plan = FaultPlan(body) else { return Self.problem("rules can't be read") }
    front.setFaults(plan)
    return status
  }

  private func divert(_ body: JSONValue) async -> ServiceAnswer {
    guard let state = ExecutionState(rawValue: body["status"]?.string ?? ""),
      let id = body["executionId"]?.string
    else { return Self.problem("executionId and a known status are needed") }
    let scope = Scope(
      account: body["account"]?.string ?? AccessKey.defaultAccount,
      region: body["region"]?.string ?? "cn-hangzhou")
    let now = front.moment.service
    let done = await front.service.perform { transaction in
      guard let execution = try transaction.execution(id, in: scope) else {
        throw Refusal.notFound("InvalidImagePipelineExecution.NotFound", "executionId")
      }
      var timeline = execution.timeline
      timeline.divert(at: now, to: [state], lasting: 0)
      try transaction.setTimeline(timeline, of: execution)
      if timeline.imageBegins == nil { try transaction.deleteImages(of: execution, after: now) }
    }
    return done ? status : Self.problem("there is no such execution", status: 404)
  }

  private static func reply(_ json: JSONValue, status: Int = 200) -> ServiceAnswer {
    ServiceAnswer(status: status, headers: ["content-type": "application/json"], body: json.encoded())
  }

  /// The answer to what can't be done.
  static func problem(_ text: String, status: Int = 400) -> ServiceAnswer {
    reply(["error": .string(text)], status: status)
  }
}
