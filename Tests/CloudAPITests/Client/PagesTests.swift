// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Testing

/// Lists that come page by page.
struct PagesTests {
  @Test func pagesGoOnWhileThereIsAToken() async throws {
    let transport = ScriptedTransport([
      .answer(200, #"{"NextToken":"p2","N":1}"#), .answer(200, #"{"NextToken":"p3","N":2}"#),
      .answer(200, #"{"NextToken":"","N":"3"}"#),
    ])
    var numbers: [Int?] = []
    for try await page in CloudClient.testing(transport).pages(of: list) {
      numbers.append(page["N"]?.integer)
    }
    #expect(numbers == [1, 2, 3])
    #expect(transport.requests.map { $0.parameters["NextToken"] } == [nil, "p2", "p3"])
    #expect(transport.requests.allSatisfy { $0.parameters["MaxResults"] == "500" })
    #expect(transport.requests.allSatisfy { $0.parameters["Tag.1.Key"] == "k" })
  }

  @Test(arguments: [#"{}"#, #"{"NextToken":null}"#, #"{"NextToken":""}"#])
  func lastPageHasNoToken(body: String) async throws {
    let transport = ScriptedTransport([.answer(200, body)])
    for try await _ in CloudClient.testing(transport).pages(of: list, pageSize: nil) {}
    #expect(transport.requests.count == 1)
    #expect(transport.requests.first?.parameters["MaxResults"] == nil)
  }

  @Test func listThatBreaksOffThrows() async {
    let transport = ScriptedTransport([
      .answer(200, #"{"NextToken":"p2"}"#), .error(403, "Invalid.NextToken"),
    ])
    await #expect(throws: CallFailure.self) {
      for try await _ in CloudClient.testing(transport).pages(of: list) {}
    }
  }

  @Test func tokenThatLeadsNowhereThrows() async {
    let transport = ScriptedTransport([], rest: .answer(200, #"{"RequestId":"R","NextToken":"p"}"#))
    let failure = await #expect(throws: CallFailure.self) {
      for try await _ in CloudClient.testing(transport).pages(of: list) {}
    }
    #expect(failure?.description.contains("[request R]") == true)
    #expect(transport.requests.count == 2)
  }

  private var list: Call { Call("DescribeImageComponents", [("Tag.1.Key", "k")], kind: .read) }
}
