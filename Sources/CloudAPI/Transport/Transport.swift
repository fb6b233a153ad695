// SPDX-License-Identifier: Apache-2.0

/// One exchange with a server: a request goes out, an answer comes back or it is told why none did.
package protocol Transport: Sendable {
  /// Sends `request` once, without any retry that could deliver it twice.
  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer
}

/// An HTTP request that is ready to be sent, byte for byte.
package struct HTTPRequest: Sendable {
  /// Where it goes.
  package var endpoint: Endpoint
  /// `GET`, `POST` or `PUT`.
  package var method: String
  /// The encoded path, from its first `/`.
  package var path: String
  /// The encoded query, without `?`; may be empty.
  package var query: String
  /// The headers; names in lower case.
  package var headers: [Parameter]
  /// The body; may be empty.
  package var body: [UInt8]
  /// The longest time for the whole exchange.
  package var timeout: Duration
  /// The longest body of an answer, in bytes, that is taken.
  package var bodyLimit: Int

  /// Makes a request.
  package init(
    endpoint: Endpoint, method: String, path: String = "/", query: String = "", headers: [Parameter] = [],
    body: [UInt8] = [], timeout: Duration, bodyLimit: Int = HTTPRequest.defaultBodyLimit
  ) {
    self.endpoint = endpoint
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.bodyLimit = bodyLimit
  }

  /// 64 MiB: far above a page of 500 objects with 16 KB of content each.
  package static let defaultBodyLimit = 64 << 20

  /// The absolute URL.
  package var url: String {
    endpoint.url + path + (query.isEmpty ? "" : "?" + query)
  }
}

/// A complete HTTP answer.
package struct HTTPAnswer: Sendable {
  /// The status code.
  package let status: Int
  /// The headers as they came.
  package let headers: [Parameter]
  /// The whole body.
  package let body: [UInt8]

  /// Makes an answer.
  package init(status: Int, headers: [Parameter] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The value of the first header `name`, whatever its case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
