// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax

extension Line.Fate {
  /// The service refuses for good.
  static func refusal(_ status: Int, _ code: String) -> Line.Fate {
    let body: JSONValue = [
      "RequestId": "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E", "HostId": "test", "Code": .string(code),
      "Message": "Said by the test.",
    ]
    return .isAnswered(
      HTTPAnswer(
        status: status, headers: [("content-type", "application/json;charset=utf-8")],
        body: Array(body.text.utf8)))
  }
}
