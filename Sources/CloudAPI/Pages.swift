// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// So many pages has no list, however small they are.
private let pageLimit = 5_000
/// So often does a list begin anew.
private let restartLimit = 2

extension CloudClient {
  /// What a list operation shows, from its first page to its last, the filters being the same on each.
  ///
  /// A list that breaks off throws; what came before it is no list. A page token that is no longer good begins the list
  /// anew, and what it had shown by then counts for nothing: it may be gone.
  ///
  /// - Parameters:
  ///   - call: the list's first call, without `NextToken`.
  ///   - pageSize: `MaxResults`, from 1 to 500; nothing for operations that have no such parameter.
  ///   - translate: what is kept of a page.
  package func list<Item>(
    _ call: Call, pageSize: Int? = 500, _ translate: (Reply) -> [Item]
  ) async throws(CallFailure) -> [Item] {
    let first = pageSize.map { call.setting("MaxResults", to: String($0)) } ?? call
    var items: [Item] = []
    var token: String?
    var pages = 0, restarts = 0
    while true {
      let reply: Reply
      do throws(CallFailure) {
        reply = try await send(token.map { first.setting("NextToken", to: $0) } ?? first)
      } catch {
        guard error.saysTokenIsNoLongerGood, token != nil, restarts < restartLimit else { throw error }
        restarts += 1
        items = []
        token = nil
        continue
      }
      pages += 1
      items += translate(reply)
      guard let next = reply["NextToken"]?.string, !next.isEmpty else { return items }
      guard next != token else { throw broken(call, reply, "its NextToken is that of the page before") }
      guard pages < pageLimit else { throw broken(call, reply, "its list goes on after \(pages) pages") }
      token = next
    }
  }

  private func broken(_ call: Call, _ reply: Reply, _ problem: String) -> CallFailure {
    var malformed = MalformedReply(status: 200, requestID: reply.requestID, problem: problem)
    malformed.host = endpoint.authority
    malformed.operation = call.operation
    return .malformedReply(malformed)
  }
}

extension CallFailure {
  fileprivate var saysTokenIsNoLongerGood: Bool {
    guard case .refused(let refusal) = self else { return false }
    return refusal.code == "Invalid.NextToken"
  }
}
