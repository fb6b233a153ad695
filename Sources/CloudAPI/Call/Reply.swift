// SPDX-License-Identifier: Apache-2.0

package import JSONSyntax

/// What the service answered to a call that succeeded: always an object.
package struct Reply: Sendable {
  /// The answer's members.
  package let value: JSONValue
  /// What the service calls this request; for messages and support cases.
  package let requestID: String?
  /// What it was asked to hold, and holds.
  package let shape: ReplyShape

  /// Makes a reply.
  package init(value: JSONValue, requestID: String?, shape: ReplyShape = .any) {
    self.value = value
    self.requestID = requestID
    self.shape = shape
  }

  /// The items of the list that the reply was asked to hold.
  package var items: [JSONValue] { shape.items(of: value) }

  /// The member `key` of the answer.
  package subscript(key: String) -> JSONValue? { value[key] }
}
