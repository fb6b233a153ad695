// SPDX-License-Identifier: Apache-2.0

/// The service's "no": what a client reads in the error body.
struct Refusal: Error, Hashable, Sendable {
  let status: Int
  let code: String
  let message: String
  /// Milliseconds after which the caller may try again, where the service says so.
  var retryAfter: Int?

  init(_ status: Int, _ code: String, _ message: String, retryAfter: Int? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.retryAfter = retryAfter
  }

  /// A parameter that must be there and is not.
  static func missing(_ name: String, status: Int = 400, code: String = "MissingParameter") -> Refusal {
    Refusal(
      status, code,
      "The input parameter \"\(name)\" that is mandatory for processing this request is not supplied.")
  }

  /// A parameter whose value can't be used.
  static func invalid(_ name: String, status: Int = 400, code: String = "InvalidParameter") -> Refusal {
    Refusal(status, code, "The specified parameter \"\(name)\" is not valid.")
  }

  /// Something named in the call that does not exist.
  static func notFound(_ code: String, _ what: String) -> Refusal {
    Refusal(404, code, "The specified \(what) does not exist.")
  }

  /// A failure on the service's own side.
  static let internalError = Refusal(
    500, "InternalError", "The request processing has failed due to some unknown error.")
}
