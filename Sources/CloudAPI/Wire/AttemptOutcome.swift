// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// What one attempt ended in.
enum AttemptOutcome: Sendable {
  /// The reply that was promised.
  case reply(Reply)
  /// An error in the service's own words; `retryAfter` is its wish for a pause.
  case error(ServiceError, retryAfter: Duration?, serverTime: UTCTime?)
  /// An answer that cannot be read.
  case unreadable(MalformedReply, retryAfter: Duration?)
  /// No answer at all.
  case noAnswer(TransportFailure)
}

extension AttemptOutcome {
  /// Reads an answer.
  ///
  /// Nothing in it is trusted: an HTML page, a cut text, a wrong type, a reply without what `shape` asks for are told
  /// apart from errors. An error is an error whatever the status.
  init(reading answer: HTTPAnswer, as shape: ReplyShape = .any) {
    let retryAfter = answer.retryAfter
    let headerID = answer.header("x-acs-request-id")
    let isSuccess = (200..<300).contains(answer.status)
    func unreadable(
      _ problem: String, _ requestID: String? = nil, excerpt: String? = nil
    ) -> AttemptOutcome {
      .unreadable(
        MalformedReply(
          status: answer.status, requestID: requestID ?? headerID, problem: problem, excerpt: excerpt),
        retryAfter: retryAfter)
    }
    if let markup = answer.markup {
      guard let error = ServiceError(status: answer.status, xml: markup, requestID: headerID) else {
        self = unreadable(answer.isHTML ? "it is an HTML page" : "it is markup, not JSON")
        return
      }
      self = .error(error, retryAfter: retryAfter, serverTime: answer.serverTime)
      return
    }
    let value: JSONValue
    do {
      value = try JSONValue(parsing: Array(answer.text))
    } catch {
      self = unreadable(
        answer.body.isEmpty ? "it is empty" : "it is not JSON (\(error))", excerpt: answer.excerpt)
      return
    }
    guard case .object = value else {
      self = unreadable("it is JSON, but not an object")
      return
    }
    let requestID = (value["RequestId"] ?? value["requestId"])?.string ?? headerID
    // Some gateways give a success a code as well.
    let successes = isSuccess ? ["200", "OK", "Success"] : []
    if let error = ServiceError(status: answer.status, json: value, requestID: requestID),
      !successes.contains(error.code)
    {
      self = .error(error, retryAfter: retryAfter, serverTime: answer.serverTime)
    } else if !isSuccess {
      self = unreadable("it is an error without a code", requestID, excerpt: answer.excerpt)
    } else if let problem = shape.problem(in: value) {
      self = unreadable(problem, requestID)
    } else {
      self = .reply(Reply(value: value, requestID: requestID, shape: shape))
    }
  }
}

extension HTTPAnswer {
  /// The header `x-acs-retry-after`, which counts milliseconds; only a positive number is a wish.
  var retryAfter: Duration? {
    guard let text = header("x-acs-retry-after"), let number = Int64(text), number > 0 else { return nil }
    return .milliseconds(min(number, 24 * 3600 * 1000))
  }

  /// What the server's clock says.
  var serverTime: UTCTime? { header("date").flatMap { UTCTime(httpDate: $0) } }

  /// The body without a byte order mark.
  fileprivate var text: ArraySlice<UInt8> {
    body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
  }

  /// The body, where it begins like XML or HTML.
  fileprivate var markup: String? {
    let text = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard text.first == UInt8(ascii: "<") else { return nil }
    return String(decoding: text.prefix(64 << 10), as: UTF8.self)
  }

  /// How the body begins, on one line; nil without a body.
  fileprivate var excerpt: String? {
    let text = String(decoding: body.prefix(400), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return nil }
    return words.count > 100 ? words.prefix(100) + "…" : words
  }

  fileprivate var isHTML: Bool {
    guard let markup else { return false }
    let start = markup.prefix(512).lowercased()
    return start.contains("<html") || start.contains("<!doctype html")
  }
}

extension AttemptOutcome {
  var isRefusedForPace: Bool {
    if case .reply = self { return false }
    return RetryRule.deciding(self).verdict == .slowDown
  }
  var isNoAnswer: Bool { if case .noAnswer = self { true } else { false } }
}
