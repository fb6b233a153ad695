// SPDX-License-Identifier: Apache-2.0

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
    case "POST resource-groups": return await addResourceGroup(body)
    case "POST executions": return await divert(body)
    default: return Self.problem("there is no \(request.method) \(request.path)", status: 404)
    }
  }

  private var status: ServiceAnswer {
    Self.reply([
      "time": .string(TimeText.text(front.moment.service)),
      "operations": .array(Operation.all.map { .string($0.name) }),
    ])
  }

  private func turnClock(_ body: JSONValue) -> ServiceAnswer {
    guard let seconds = body["advance"]?.integer, seconds >= 0 else {
      return Self.problem("advance must be a number of seconds")
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

  private func setRateLimits(_ body: JSONValue) -> ServiceAnswer {
    var limits: [RateLimit] = []
    for item in body["limits"]?.array ?? [] {
      guard let calls = item["calls"]?.integer, calls >= 0 else {
        return Self.problem("calls must be a number")
      }
      let window = item["milliseconds"]?.integer ?? 60_000
      guard window > 0 else { return Self.problem("milliseconds must be positive") }
      limits.append(RateLimit(operation: item["operation"]?.string, calls: calls, window: Int64(window)))
    }
    front.service.reconfigure { [limits] in $0.rateLimits = limits }
    return status
  }

  private func setQuotas(_ body: JSONValue) -> ServiceAnswer {
    let (components, pipelines) = (body["components"]?.integer, body["pipelines"]?.integer)
    front.service.reconfigure {
      $0.quotas.components = components
      $0.quotas.pipelines = pipelines
    }
    return status
  }

  private func addResourceGroup(_ body: JSONValue) async -> ServiceAnswer {
    guard let id = body["id"]?.string, id.hasPrefix("rg-") else {
      return Self.problem("id must begin with rg-")
    }
    let account = body["account"]?.string ?? AccessKey.defaultAccount
    let done = await front.service.perform { try $0.insertResourceGroup(id, account: account) }
    return done ? status : Self.problem("the group could not be stored", status: 500)
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

  private static func problem(_ text: String, status: Int = 400) -> ServiceAnswer {
    reply(["error": .string(text)], status: status)
  }
}
