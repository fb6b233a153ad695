// SPDX-License-Identifier: Apache-2.0

/// What the faults of one call come to, in the order in which they take effect.
struct Mishap: Sendable {
  /// What takes the place of doing what was asked.
  enum Instead: Sendable {
    case silence
    case refusal(Refusal)
    case page(status: Int)
  }

  /// What becomes of the answer.
  enum Afterwards: Sendable {
    case nothing
    case silence
    case refusal(Refusal)
    case cut(Int)
    case corruption
  }

  private(set) var instead: Instead?
  private(set) var afterwards = Afterwards.nothing
  private(set) var conditions = CallConditions()
  private(set) var arrivesTwice = false
  private(set) var delay = 0

  /// Of faults that exclude one another the first counts.
  init(_ faults: [Fault]) {
    for fault in faults.reversed() {
      switch fault {
      case .loseRequest: instead = .silence
      case .loseAnswer: afterwards = .silence
      case .error(let status, let code): instead = .refusal(Self.refusal(status, code))
      case .errorAfter(let status, let code): afterwards = .refusal(Self.refusal(status, code))
      case .throttle(let milliseconds): instead = .refusal(.throttled(after: milliseconds))
      case .delay(let milliseconds): delay = milliseconds
      case .cutBody(let bytes): afterwards = .cut(bytes)
      case .corruptBody: afterwards = .corruption
      case .htmlPage(let status): instead = .page(status: status)
      case .lag(let milliseconds): conditions.lag = Int64(milliseconds)
      case .expirePageToken: conditions.pageTokensExpire = true
      case .duplicate: arrivesTwice = true
      }
    }
  }

  private static func refusal(_ status: Int, _ code: String) -> Refusal {
    Refusal(status, code, "The emulated cloud was told to answer so.")
  }
}

extension ServiceAnswer {
  /// A page such as a proxy shows when it can't reach what is behind it.
  static func page(status: Int) -> ServiceAnswer {
    let text = "<html><head><title>\(status)</title></head><body><h1>\(status)</h1><hr>proxy</body></html>\n"
    return ServiceAnswer(status: status, headers: ["content-type": "text/html"], body: Array(text.utf8))
  }

  /// The answer with a byte in its middle that no text can have.
  var corrupted: ServiceAnswer {
    var answer = self
    if !body.isEmpty { answer.body[body.count / 2] = 0xFF }
    return answer
  }
}
