// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Planning
import Reconciliation
import Testing

/// What the service holds is taken from lists that it shows, and from nothing else.
@Suite struct ObserveTests {
  @Test(arguments: [
    "{}", #"{"RequestId":"R-1"}"#, #"{"RequestId":"R-1","TotalCount":3}"#,
    #"{"RequestId":"R-1","Code":"Forbidden.RAM","Message":"no"}"#,
    #"{"RequestId":"R-1","ImageComponent":{"ImageComponentSet":{}},"ImagePipeline":{"ImagePipelineSet":{}}}"#,
    #"{"RequestId":"R-1","ImageComponent":[],"ImagePipeline":[]}"#,
  ])
  func answerThatShowsNoListGivesNoPlan(body: String) async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    for lost in ["DescribeImageComponents", "DescribeImagePipelines"] {
      let line = Line { _, request in
        guard request.operation == lost else { return .passes }
        return .isAnswered(HTTPAnswer(status: 200, body: Array(body.utf8)))
      }
      await #expect(throws: CallFailure.self, "\(lost): \(body)") {
        try await survey(.sample(), through: cloud.operations(through: line))
      }
    }
  }

  @Test func oneSuchAnswerIsAskedForAgain() async throws {
    let cloud = try VirtualCloud()
    try await cloud.run(.sample())
    let line = Line { _, request in
      guard request.isFirst(of: "DescribeImageComponents") else { return .passes }
      return .isAnswered(HTTPAnswer(status: 200, body: Array(#"{"RequestId":"R-1"}"#.utf8)))
    }
    let plan = try await survey(.sample(), through: cloud.operations(through: line)).plan
    #expect(!plan.hasChanges)
  }
}
