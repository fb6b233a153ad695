// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Testing

@testable import CloudAPI

/// Answers that are and are not what the interface promises.
struct ReadingTests {
  @Test(arguments: [
    (#"{"RequestId":"R-1","A":1}"#, "R-1"), (#"{"A":1}"#, "H-1"), (#"{"RequestId":null}"#, "H-1"),
    (#"{"requestId":"R-1"}"#, "R-1"), ("\u{FEFF}{}", "H-1"), ("{}", "H-1"), (" \n{} ", "H-1"),
  ])
  func objectIsAReply(body: String, requestID: String) {
    guard case .reply(let reply) = read(200, body) else { return #expect(Bool(false), "\(body)") }
    #expect(reply.requestID == requestID)
  }

  @Test(arguments: [
    (200, "", "it is empty"), (200, "null", "it is JSON, but not an object"),
    (200, "[]", "it is JSON, but not an object"), (200, "\"x\"", "it is JSON, but not an object"),
    (200, "<!DOCTYPE html><html>", "it is an HTML page"), (502, "\n <html>", "it is an HTML page"),
    (200, "<a/>", "it is markup, not JSON"), (500, "{}", "it is an error without a code"),
    (404, #"{"Code":""}"#, "it is an error without a code"),
    (404, #"{"Code":{}}"#, "it is an error without a code"),
  ])
  func otherThingsAreUnreadableAndQuoteTheRequest(status: Int, body: String, problem: String) {
    guard case .unreadable(let reply, _) = read(status, body) else { return #expect(Bool(false), "\(body)") }
    #expect([reply.requestID, reply.problem] == ["H-1", problem])
    #expect(reply.status == status)
  }

  static let components = ReplyShape.list(
    in: "ImageComponent", named: "ImageComponentSet", ofItemsWith: "ImageComponentId")

  @Test(arguments: [
    ("{}", "it shows no ImageComponentSet"), (#"{"RequestId":"R"}"#, "it shows no ImageComponentSet"),
    (#"{"RequestId":"R","TotalCount":3}"#, "it shows no ImageComponentSet"),
    (#"{"TotalCount":"3","ImageComponent":{}}"#, "it shows no ImageComponentSet"),
    (#"{"TotalCount":3,"ImageComponent":{"ImageComponentSet":null}}"#, "it shows no ImageComponentSet"),
    (#"{"TotalCount":0,"ImageComponent":[]}"#, "it shows no ImageComponentSet"),
    (#"{"TotalCount":0,"ImageComponent":""}"#, "it shows no ImageComponentSet"),
    (#"{"TotalCount":0,"ImageComponent":{"ImageComponentSet":{}}}"#, "its ImageComponentSet is not a list"),
    (#"{"ImageComponent":{"ImageComponentSet":"[]"}}"#, "its ImageComponentSet is not a list"),
    (#"{"ImageComponent":{"ImageComponentSet":[{"Name":"a"}]}}"#, "an item has no ImageComponentId"),
    (
      #"{"ImageComponent":{"ImageComponentSet":[{"ImageComponentId":""}]}}"#,
      "an item has no ImageComponentId"
    ),
    (#"{"ImageComponent":{"ImageComponentSet":["ic-1"]}}"#, "an item has no ImageComponentId"),
    (
      #"{"ImageComponent":{"ImageComponentSet":[{"ImageComponentId":"ic-1\u001b[2J"}]}}"#,
      "an item has no ImageComponentId of printable ASCII"
    ),
  ])
  func answerThatShowsNoListIsNoEmptyList(body: String, problem: String) {
    guard case .unreadable(let reply, _) = read(200, body, as: Self.components) else {
      return #expect(Bool(false), "\(body)")
    }
    #expect(reply.problem == problem)
  }

  @Test(arguments: [
    (#"{"ImageComponent":{"ImageComponentSet":[]}}"#, 0),
    (#"{"TotalCount":0,"ImageComponent":{"ImageComponentSet":null}}"#, 0),
    (#"{"TotalCount":"0","ImageComponent":{}}"#, 0), (#"{"TotalCount":0,"ImageComponent":null}"#, 0),
    (#"{"TotalCount":0,"RequestId":"R"}"#, 0),
    (#"{"TotalCount":"1","ImageComponent":{"ImageComponentSet":[{"ImageComponentId":"ic-1"}]}}"#, 1),
  ])
  func emptyListMayBeLeftOutWhereTheCountSaysSo(body: String, count: Int) {
    guard case .reply(let reply) = read(200, body, as: Self.components) else {
      return #expect(Bool(false), "\(body)")
    }
    #expect(reply.items.count == count)
  }

  @Test(arguments: ["{}", #"{"ImageComponentId":""}"#, #"{"ImageComponentId":null}"#])
  func creationWithoutAnIdIsNoReply(body: String) {
    guard case .unreadable(let reply, _) = read(200, body, as: .text("ImageComponentId")) else {
      return #expect(Bool(false), "\(body)")
    }
    #expect(reply.problem == "it has no ImageComponentId")
  }

  @Test func errorIsAnErrorUnderAnyStatus() {
    let body = #"{"RequestId":"R","Code":"Forbidden.RAM","Message":"no"}"#
    guard case .error(let error, _, _) = read(200, body, as: Self.components) else {
      return #expect(Bool(false))
    }
    #expect(error == ServiceError(status: 200, code: "Forbidden.RAM", message: "no", requestID: "R"))
  }

  @Test(arguments: [
    ("Forbidden", "Forbidden"), (#"{"message":"denied by WAF"}"#, #"{"message":"denied by WAF"}"#),
    ("  two\r\n\twords\n", "two words"),
    (String(repeating: "x", count: 101), String(repeating: "x", count: 100) + "…"), ("", nil),
  ])
  func whatSomebodyElseAnsweredIsQuoted(body: String, excerpt: String?) {
    guard case .unreadable(let reply, _) = read(403, body) else { return #expect(Bool(false), "\(body)") }
    #expect(reply.excerpt == excerpt)
  }

  @Test func cutTextSaysWhere() {
    guard case .unreadable(let reply, _) = read(200, #"{"RequestId":"R","#) else {
      return #expect(Bool(false))
    }
    #expect(reply.problem.hasPrefix("it is not JSON ("))
    #expect(CallFailure.malformedReply(reply).description.hasSuffix("[request H-1]"))
  }

  @Test(arguments: [
    #"{"RequestId":"R","HostId":"h","Code":"Forbidden.RAM","Message":"no & \"no\"","Recommend":"u"}"#,
    #"{"requestId":"R","hostId":"h","code":"Forbidden.RAM","message":"no & \"no\"","recommend":"u"}"#,
    """
    <?xml version='1.0' encoding='UTF-8'?><Error><RequestId>R</RequestId><HostId>h</HostId>\
    <Code>Forbidden.RAM</Code><Message>no &amp; &quot;no&quot;</Message><Recommend>u</Recommend></Error>
    """,
    """
    <Error><RequestId>R</RequestId><HostId>h</HostId><Code>Forbidden.RAM</Code>\
    <Message><![CDATA[no & "no"]]></Message><Recommend>u</Recommend></Error>
    """,
  ])
  func errorIsReadInEveryForm(body: String) {
    guard case .error(let error, _, _) = read(403, body) else { return #expect(Bool(false), "\(body)") }
    #expect(
      error
        == ServiceError(status: 403, code: "Forbidden.RAM", message: "no & \"no\"", requestID: "R"))
  }

  @Test(arguments: [#"{"Code":"200"}"#, #"{"Code":200}"#, #"{"Code":"OK"}"#, #"{"Code":""}"#])
  func codeThatSaysSuccessIsOne(body: String) {
    guard case .reply = read(200, body) else { return #expect(Bool(false), "\(body)") }
  }

  @Test(arguments: [
    ("500", Duration.milliseconds(500)), ("0", nil), ("-1", nil), ("soon", nil), ("", nil),
    ("99999999999", Duration.seconds(24 * 3600)),
  ])
  func pauseIsInMilliseconds(header: String, pause: Duration?) {
    #expect(HTTPAnswer(status: 400, headers: [("X-Acs-Retry-After", header)]).retryAfter == pause)
  }

  private func read(_ status: Int, _ body: String, as shape: ReplyShape = .any) -> AttemptOutcome {
    AttemptOutcome(
      reading: HTTPAnswer(status: status, headers: [("X-ACS-Request-Id", "H-1")], body: Array(body.utf8)),
      as: shape)
  }
}
