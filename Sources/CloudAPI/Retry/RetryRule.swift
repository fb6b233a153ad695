// SPDX-License-Identifier: Apache-2.0

/// What is done after an attempt that brought no reply.
enum Verdict: Hashable, Sendable {
  /// Send the same again, with the same ClientToken, after a short random pause.
  case again
  /// The same, but after a longer pause: the service is busy with this very thing.
  case later
  /// Sign anew with a new nonce and send at once.
  case signAgain
  /// Take the server's clock for the date, sign anew and send at once.
  case correctClock
  /// Fetch new credentials; where they differ, sign and send at once.
  case renewCredentials
  /// Wait as the limiter of the operation says, however often; only time may run out.
  case slowDown
  /// Tell the caller.
  case giveUp
}

/// What an attempt that brought no reply may have done.
enum Effect: Hashable, Sendable {
  /// The request was not carried out.
  case none
  /// It may have been.
  case possible
}

/// One row of the failure table.
struct RetryRule: Sendable {
  /// What a row looks at.
  enum Match: Hashable, Sendable {
    /// The error has this code, with any status.
    case code(String)
    /// The error's code begins so.
    case codePrefix(String)
    /// The error's message contains this, with any code.
    case message(String)
    /// The status lies in this range, and the body is an error of the service.
    case status(ClosedRange<Int>)
    /// The answer bears a positive `x-acs-retry-after` and is not a success.
    case retryAfter
    /// The answer cannot be read, and its status lies in this range.
    case unreadable(ClosedRange<Int>)
    /// No connection came about.
    case notSent
    /// TLS failed.
    case untrusted
    /// The answer was lost.
    case noAnswer
    /// The answer is too long.
    case tooLarge
    /// The task was cancelled.
    case cancelled
  }

  let match: Match
  let verdict: Verdict
  let effect: Effect

  init(_ match: Match, _ verdict: Verdict, _ effect: Effect) {
    self.match = match
    self.verdict = verdict
    self.effect = effect
  }
}

extension RetryRule {
  /// The failure table: the first row that matches decides.
  ///
  /// Sources: help topics "Response results", "How to ensure idempotence", "API throttling", "V3 request body and
  /// signature mechanism"; the retry table of the vendor's previous SDK; the gateway's list of common error codes.
  static let table: [RetryRule] = [
    // Too many requests: the request was not looked at.
    RetryRule(.codePrefix("Throttling"), .slowDown, .none),
    RetryRule(.retryAfter, .slowDown, .possible),
    RetryRule(.status(429...429), .slowDown, .none),
    RetryRule(.unreadable(429...429), .slowDown, .none),
    // The nonce is known: the network delivered this request twice, and the first may have been carried out.
    RetryRule(.code("SignatureNonceUsed"), .signAgain, .possible),
    // The clocks differ by more than 15 minutes.
    RetryRule(.code("InvalidTimeStamp.Expired"), .correctClock, .none),
    RetryRule(.code("IllegalTimestamp"), .correctClock, .none),
    // A key that is gone or replaced; an expired token is answered in several ways.
    RetryRule(.code("SignatureDoesNotMatch"), .renewCredentials, .none),
    RetryRule(.codePrefix("InvalidAccessKeyId"), .renewCredentials, .none),
    RetryRule(.codePrefix("InvalidSecurityToken"), .renewCredentials, .none),
    RetryRule(.code("MissingSecurityToken"), .renewCredentials, .none),
    RetryRule(.message("SecurityToken.Expired"), .renewCredentials, .none),
    // The first request with this ClientToken is still being carried out.
    RetryRule(.code("IdempotentProcessing"), .later, .possible),
    RetryRule(.code("LastTokenProcessing"), .later, .possible),
    // Something else is changing the same object.
    RetryRule(.code("OperationConflict"), .later, .none),
    // The service is in trouble; what became of the request is not known.
    RetryRule(.code("InternalError"), .again, .possible),
    RetryRule(.code("UnknownError"), .again, .possible),
    RetryRule(.codePrefix("ServiceUnavailable"), .again, .possible),
    RetryRule(.status(500...599), .again, .possible),
    RetryRule(.status(408...408), .again, .possible),
    // Every other error of the service is its last word, even under a status of success.
    RetryRule(.status(200...499), .giveUp, .none),
    // Answers of something that is not the service, or only half of its answer, or not what the operation answers.
    RetryRule(.unreadable(200...299), .again, .possible),
    RetryRule(.unreadable(408...408), .again, .possible),
    RetryRule(.unreadable(500...599), .again, .possible),
    RetryRule(.unreadable(100...499), .giveUp, .none),
    // No answer.
    RetryRule(.notSent, .again, .none),
    RetryRule(.untrusted, .giveUp, .none),
    RetryRule(.noAnswer, .again, .possible),
    RetryRule(.tooLarge, .giveUp, .possible),
    RetryRule(.cancelled, .giveUp, .possible),
  ]

  /// The row that decides on `outcome`; a status outside of HTTP counts as the service's last word.
  static func deciding(_ outcome: AttemptOutcome) -> RetryRule {
    table.first { $0.matches(outcome) } ?? RetryRule(.status(200...499), .giveUp, .possible)
  }

  private func matches(_ outcome: AttemptOutcome) -> Bool {
    switch outcome {
    case .reply: false
    case .error(let error, let retryAfter, _): matches(error, retryAfter)
    case .unreadable(let reply, let retryAfter):
      switch match {
      case .unreadable(let range): range.contains(reply.status)
      case .retryAfter: retryAfter != nil && reply.status >= 300
      default: false
      }
    case .noAnswer(let failure):
      switch failure {
      case .notSent: match == .notSent
      case .untrusted: match == .untrusted
      case .noAnswer: match == .noAnswer
      case .tooLarge: match == .tooLarge
      case .cancelled: match == .cancelled
      }
    }
  }

  private func matches(_ error: ServiceError, _ retryAfter: Duration?) -> Bool {
    switch match {
    case .code(let code): error.code == code
    case .codePrefix(let prefix): error.code.hasPrefix(prefix)
    case .message(let part): error.message.contains(part)
    case .status(let range): range.contains(error.status)
    case .retryAfter: retryAfter != nil
    default: false
    }
  }
}
