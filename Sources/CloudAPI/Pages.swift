// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// The pages of a list, each fetched when it is asked for.
///
/// A list that breaks off throws; what came before it is no list.
package struct Pages: AsyncSequence, Sendable {
  package typealias Element = Reply
  package typealias Failure = CallFailure

  fileprivate let client: CloudClient
  fileprivate let call: Call

  /// Goes through the pages by `NextToken`.
  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let client: CloudClient
    fileprivate var next: Call?
    fileprivate var lastToken: String?

    package mutating func next() async throws(CallFailure) -> Reply? {
      guard let call = next else { return nil }
      next = nil
      let reply = try await client.send(call)
      if let token = reply["NextToken"]?.string, !token.isEmpty {
        guard token != lastToken else {
          throw .malformedReply(
            MalformedReply(
              status: 200, requestID: reply.requestID, problem: "its NextToken is that of the page before"))
        }
        lastToken = token
        next = call.setting("NextToken", to: token)
      }
      return reply
    }
  }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(client: client, next: call) }
}

extension CloudClient {
  /// The pages of a list operation, the filters being the same on each.
  ///
  /// - Parameters:
  ///   - call: the list's first call, without `NextToken`.
  ///   - pageSize: `MaxResults`, from 1 to 500; nothing for operations that have no such parameter.
  package func pages(of call: Call, pageSize: Int? = 500) -> Pages {
    Pages(client: self, call: pageSize.map { call.setting("MaxResults", to: String($0)) } ?? call)
  }
}
