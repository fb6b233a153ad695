// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// The pages of a list, each fetched when it is asked for.
///
/// A list that breaks off throws; what came before it is no list. A page token that is no longer good leads back to
/// the first page, so that objects may come twice.
package struct Pages: AsyncSequence, Sendable {
  package typealias Element = Reply
  package typealias Failure = CallFailure

  fileprivate let client: CloudClient
  fileprivate let call: Call

  /// Goes through the pages by `NextToken`.
  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let client: CloudClient
    fileprivate let first: Call
    fileprivate var next: Call?
    fileprivate var lastToken: String?
    fileprivate var restarts = 0
    fileprivate var count = 0

    fileprivate init(client: CloudClient, first: Call) {
      self.client = client
      self.first = first
      next = first
    }

    package mutating func next() async throws(CallFailure) -> Reply? {
      guard let call = next else { return nil }
      next = nil
      let reply = try await page(call)
      count += 1
      if let token = reply["NextToken"]?.string, !token.isEmpty {
        guard token != lastToken else {
          throw .malformedReply(
            MalformedReply(
              status: 200, requestID: reply.requestID, problem: "its NextToken is that of the page before"))
        }
        guard count < Pages.limit else {
          throw .malformedReply(
            MalformedReply(
              status: 200, requestID: reply.requestID, problem: "its list goes on after \(count) pages"))
        }
        lastToken = token
        next = call.setting("NextToken", to: token)
      }
      return reply
    }

    /// The page that `call` asks for, or the first one again where its token is no longer good.
    private mutating func page(_ call: Call) async throws(CallFailure) -> Reply {
      do {
        return try await client.send(call)
      } catch .refused(let refusal)
        where refusal.code == "Invalid.NextToken" && lastToken != nil && restarts < Pages.restartLimit
      {
        restarts += 1
        lastToken = nil
        return try await client.send(first)
      }
    }
  }

  /// So many pages has no list, however small they are.
  private static let limit = 5_000
  /// So often does a list begin anew.
  private static let restartLimit = 2

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(client: client, first: call) }
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
