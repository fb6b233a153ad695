// SPDX-License-Identifier: Apache-2.0

/// An error as the service words it.
package struct ServiceError: Error, Hashable, Sendable {
  /// The HTTP status.
  package let status: Int
  /// The code, such as `InvalidName.Malformed`; the only part to decide on.
  package let code: String
  /// The text for people; it may change at any time.
  package let message: String
  /// What the service calls this request.
  package let requestID: String?
  /// The operation that was refused, where that is known.
  package var operation: String?
  /// Whether an earlier attempt of the same call went out and got no answer, so that it may have been carried out.
  package var followsLostAnswer = false

  /// Makes an error.
  package init(status: Int, code: String, message: String, requestID: String? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.requestID = requestID
  }

  /// Whether the code says that something does not exist: `InvalidImageComponentId.NotFound` and its like.
  package var isNotFound: Bool { code.hasSuffix(".NotFound") || code.hasSuffix(".NotExist") }
}

extension ServiceError: CustomStringConvertible {
  package var description: String {
    var text = "\(code) (HTTP \(status)\(operation.map { ", \($0)" } ?? "")): \(message)"
    if let requestID { text += " [request \(requestID)]" }
    return text
  }
}
