// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax

extension FaultPlan {
  /// Reads `{"seed":1,"rules":[{"fault":"loseAnswer","operation":"…","calls":[3,5],"share":0.2}, …]}`; nil where
  /// that is not what it is.
  package init?(_ json: JSONValue) {
    var rules: [FaultRule] = []
    for item in json["rules"]?.array ?? [] {
      guard let rule = FaultRule(item) else { return nil }
      rules.append(rule)
    }
    self.init(rules: rules, seed: UInt64(clamping: json["seed"]?.integer ?? 1))
  }
}

extension FaultRule {
  /// Reads one rule; `calls` is a number, or the first and the last of a range.
  package init?(_ json: JSONValue) {
    guard let fault = Fault(json) else { return nil }
    self.init(fault, operation: json["operation"]?.string)
    switch json["calls"] {
    case nil: break
    case .array(let bounds):
      guard bounds.count == 2, let first = bounds[0].integer, let last = bounds[1].integer, first <= last
      else {
        return nil
      }
      calls = first...last
    case .some(let number):
      guard let number = number.integer else { return nil }
      calls = number...number
    }
    switch json["share"] {
    case nil: break
    case .decimal(let share): self.share = share
    case .integer(let share): self.share = Double(share)
    case .some: return nil
    }
  }
}

extension Fault {
  /// The numbers of faults, and what they may be: an answer has a status from 200, and nobody waits longer than a day.
  private static let ranges: KeyValuePairs = [
    "status": 200...599, "bytes": 0...Int(Int32.max), "milliseconds": 0...86_400_000,
  ]

  fileprivate init?(_ json: JSONValue) {
    for (name, range) in Self.ranges {
      guard let given = json[name] else { continue }
      guard let number = given.integer, range.contains(number) else { return nil }
    }
    let milliseconds = json["milliseconds"]?.integer
    let status = json["status"]?.integer
    let code = json["code"]?.string ?? "InternalError"
    switch json["fault"]?.string {
    case "loseRequest": self = .loseRequest
    case "loseAnswer": self = .loseAnswer
    case "error": self = .error(status: status ?? 500, code: code)
    case "errorAfter": self = .errorAfter(status: status ?? 500, code: code)
    case "throttle": self = .throttle(retryAfter: milliseconds)
    case "delay": self = .delay(milliseconds: milliseconds ?? 1000)
    case "cutBody": self = .cutBody(at: json["bytes"]?.integer ?? 10)
    case "corruptBody": self = .corruptBody
    case "htmlPage": self = .htmlPage(status: status ?? 502)
    case "lag": self = .lag(milliseconds: milliseconds ?? 5000)
    case "expirePageToken": self = .expirePageToken
    case "duplicate": self = .duplicate
    default: return nil
    }
  }
}
