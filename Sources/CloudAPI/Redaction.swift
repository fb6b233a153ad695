// SPDX-License-Identifier: Apache-2.0

// Signatures, tokens and keys travel in headers, bodies and variables: whoever prints these sees none of them.

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(method) \(endpoint.url)\(path), \(body.count) bytes" }
  package var customMirror: Mirror { Mirror(self, children: ["message": description]) }
}

extension HTTPAnswer: CustomStringConvertible, CustomReflectable {
  package var description: String { "HTTP \(status), \(body.count) bytes" }
  package var customMirror: Mirror { Mirror(self, children: ["message": description]) }
}

extension Call: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(product.name).\(operation)" }
  package var customMirror: Mirror { Mirror(self, children: ["operation": description]) }
}

extension Reply: CustomStringConvertible, CustomReflectable {
  package var description: String { "reply of request \(requestID ?? "-")" }
  package var customMirror: Mirror { Mirror(self, children: ["requestID": requestID ?? "-"]) }
}

extension CredentialSurroundings: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(environment.count) variables" }
  package var customMirror: Mirror { Mirror(self, children: ["surroundings": description]) }
}
