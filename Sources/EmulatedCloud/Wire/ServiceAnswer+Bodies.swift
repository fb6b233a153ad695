// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// The two notations of a body.
enum BodyFormat: Hashable, Sendable {
  case json
  case xml
}

extension ServiceAnswer {
  /// The success of `operation`.
  init(_ reply: ServedReply, of operation: String, requestID: String, format: BodyFormat) {
    let rest = reply.members.isEmpty ? "" : ",\(reply.members)"
    let json = "{\"RequestId\":\"\(requestID)\"\(rest)}"
    self.init(status: 200, json: json, root: operation + "Response", format: format)
    headers["x-acs-request-id"] = requestID
  }

  /// A refusal, in the body that the gateway sends.
  init(_ refusal: Refusal, requestID: String, host: String, format: BodyFormat) {
    let body: JSONValue = [
      "RequestId": .string(requestID), "HostId": .string(host), "Code": .string(refusal.code),
      "Message": .string(refusal.message),
      "Recommend": .string("https://api.alibabacloud.com/troubleshoot?q=\(refusal.code)&product=Ecs"),
    ]
    self.init(status: refusal.status, json: body.text, root: "Error", format: format)
    headers["x-acs-request-id"] = requestID
    if let milliseconds = refusal.retryAfter { headers["x-acs-retry-after"] = String(milliseconds) }
  }

  private init(status: Int, json: String, root: String, format: BodyFormat) {
    switch format {
    case .json:
      self.init(
        status: status, headers: ["content-type": "application/json;charset=utf-8"], body: Array(json.utf8))
    case .xml:
      let value = try? JSONValue(parsing: Array(json.utf8))
      self.init(
        status: status, headers: ["content-type": "text/xml;charset=utf-8"],
        body: Array(XMLText(value ?? .null, root: root).text.utf8))
    }
  }
}
