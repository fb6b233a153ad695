// SPDX-License-Identifier: Apache-2.0

/// One HTTP request as the service sees it: nothing decoded, nothing believed.
package struct ServiceRequest: Sendable {
  /// `GET` or `POST`, as sent.
  package let method: String
  /// The path, without the query.
  package let path: String
  /// The query as sent, without its question mark.
  package let query: String
  /// Header fields by lower-case name, `host` among them; the values of a repeated name joined with commas.
  package let headers: [String: String]
  /// The body as sent.
  package let body: [UInt8]

  /// A request; the names in `headers` must be in lower case.
  package init(
    method: String = "POST", path: String = "/", query: String = "", headers: [String: String] = [:],
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

/// What the service sends back.
package struct ServiceAnswer: Hashable, Sendable {
  /// The HTTP status.
  package var status: Int
  /// Header fields by lower-case name; `content-length` is left to the transport.
  package var headers: [String: String]
  /// The body, JSON or XML.
  package var body: [UInt8]

  /// An answer.
  package init(status: Int, headers: [String: String], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
