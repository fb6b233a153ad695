// SPDX-License-Identifier: Apache-2.0

import Logging
import Metrics

extension CloudClient {
  /// Writes one debug line and counts: `api_requests_total`, `api_retries_total`, `api_throttled_total`.
  ///
  /// Nothing here can hold a secret: credentials and requests do not come in.
  func observe(
    _ call: Call, _ outcome: AttemptOutcome, _ step: CallProgress.Step, attempt: Int, took: Duration
  ) {
    let place = [("operation", call.operation), ("region", regionID)]
    let code = outcome.codeForPeople
    Counter(label: "api_requests_total", dimensions: place + [("code", code)]).increment()
    Timer(label: "api_request_duration_seconds", dimensions: place).recordNanoseconds(
      took.inMilliseconds * 1_000_000)
    switch step {
    case .slowDown: Counter(label: "api_throttled_total", dimensions: place).increment()
    case .again, .correctClock, .renewCredentials:
      Counter(label: "api_retries_total", dimensions: place).increment()
    case .succeed, .fail: break
    }
    logger.debug(
      "call",
      metadata: [
        "operation": .string(call.operation), "region": .string(regionID),
        "host": .string(endpoint.authority), "attempt": .stringConvertible(attempt),
        "ms": .stringConvertible(took.inMilliseconds), "code": .string(code),
        "request": .string(outcome.requestID ?? "-"), "token": .string(call.clientToken ?? "-"),
        "next": .string(step.forPeople),
      ])
  }
}

extension AttemptOutcome {
  /// A short word for logs and counters: `OK`, the service's code, or the kind of trouble.
  fileprivate var codeForPeople: String {
    switch self {
    case .reply: "OK"
    case .error(let error, _, _): error.code
    case .unreadable: "Unreadable"
    case .noAnswer(.notSent): "NotSent"
    case .noAnswer(.untrusted): "Untrusted"
    case .noAnswer(.noAnswer): "NoAnswer"
    case .noAnswer(.tooLarge): "TooLarge"
    case .noAnswer(.cancelled): "Cancelled"
    }
  }
}

extension CallProgress.Step {
  fileprivate var forPeople: String {
    switch self {
    case .succeed: "done"
    case .fail: "fail"
    case .again(let pause): "again after \(pause.inMilliseconds) ms"
    case .slowDown: "slow down"
    case .renewCredentials: "renew credentials"
    case .correctClock: "correct the clock"
    }
  }
}
