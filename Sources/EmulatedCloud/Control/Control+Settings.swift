// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

extension Control {
  func setRateLimits(_ body: JSONValue) -> ServiceAnswer {
    var limits: [RateLimit] = []
    for item in body["limits"]?.array ?? [] {
      guard let calls = item["calls"]?.integer, calls >= 0 else {
        return Self.problem("calls must be a number")
      }
      let window = item["milliseconds"]?.integer ?? 60_000
      guard window > 0 else { return Self.problem("milliseconds must be positive") }
      limits.append(RateLimit(operation: item["operation"]?.string, calls: calls, window: Int64(window)))
    }
    return change { [limits] in $0.rateLimits = limits }
  }

  func setQuotas(_ body: JSONValue) -> ServiceAnswer {
    let (components, pipelines) = (body["components"]?.integer, body["pipelines"]?.integer)
    let tagKeys = body["tagKeys"]?.integer
    return change {
      $0.quotas.components = components
      $0.quotas.pipelines = pipelines
      $0.quotas.tagKeys = tagKeys
    }
  }

  func setConditions(_ body: JSONValue) -> ServiceAnswer {
    guard case .object(let members) = body else { return Self.problem("the body is not an object") }
    var conditions: [Condition: Set<String>] = [:]
    for (word, names) in members {
      guard let condition = Condition(rawValue: word) else {
        let words = Condition.allCases.map(\.rawValue).joined(separator: ", ")
        return Self.problem("there is no condition \(word); there are \(words)")
      }
      conditions[condition] = Set((names.array ?? []).compactMap(\.string))
    }
    return change { [conditions] in $0.conditions = conditions }
  }

  func setDenials(_ body: JSONValue) -> ServiceAnswer {
    var denials = Set<Denial>()
    for item in body["denials"]?.array ?? [] {
      guard let denial = item.string.flatMap(Denial.init) else {
        let words = Denial.Feature.allCases.map(\.rawValue).joined(separator: ", ")
        return Self.problem("a denial is an action, such as ecs:TagResources, or one of \(words)")
      }
      denials.insert(denial)
    }
    let account = body["account"]?.string ?? AccessKey.defaultAccount
    return change { [denials] in $0.denials[account] = denials }
  }

  func setPipelineTags(_ body: JSONValue) -> ServiceAnswer {
    guard let allowed = body["allowed"]?.bool else { return Self.problem("allowed must be true or false") }
    return change { $0.pipelineTags = allowed }
  }

  func setResourceGroup(_ body: JSONValue) async -> ServiceAnswer {
    guard let id = body["id"]?.string, id.hasPrefix("rg-") else {
      return Self.problem("id must begin with rg-")
    }
    guard let state = ResourceGroup.Status(rawValue: body["status"]?.string ?? "OK") else {
      let words = ResourceGroup.Status.allCases.map(\.rawValue).joined(separator: ", ")
      return Self.problem("status must be one of \(words)")
    }
    let group = ResourceGroup(
      id: id, account: body["account"]?.string ?? AccessKey.defaultAccount, status: state,
      region: body["region"]?.string ?? "")
    let done = await front.service.perform { try $0.set(group) }
    return done ? status : Self.problem("the group could not be stored", status: 500)
  }

  private func change(_ change: (inout EmulatorConfiguration) -> Void) -> ServiceAnswer {
    front.service.reconfigure(change)
    return status
  }
}
