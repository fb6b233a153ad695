// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

extension ServedCall {
  /// What the parameters that all lists share ask for.
  func query(_ kind: ObjectKind, ids name: String, tooManyIDs code: String) throws(Refusal) -> ListQuery {
    var query = ListQuery(kind: kind)
    query.ids = parameters.list(name).filter { !$0.isEmpty }
    guard query.ids.count <= 20 else {
      throw Refusal(400, code, "The number of values of \(name) must not exceed 20.")
    }
    query.name = parameters["Name"]
    query.tags = try tagFilter()
    query.createdUpTo = conditions.lag > 0 ? now - conditions.lag : nil
    // The service documents that its default group is no filter.
    let group = parameters["ResourceGroupId"]
    query.resourceGroup = group == defaultResourceGroup(of: scope.account) ? nil : group
    return query
  }

  /// The tags that what is listed must all bear.
  func tagFilter() throws(Refusal) -> [TagQuery] {
    let tags = parameters.pairs("Tag")
    guard tags.count <= 20 else {
      throw Refusal(400, "InvalidTagCount", "The number of tags must not exceed 20.")
    }
    return tags.filter { !($0.key ?? "").isEmpty }
  }

  /// Which part of the list is asked for.
  func page(of query: ListQuery) throws(Refusal) -> PageRequest {
    let size = try parameters.integer("MaxResults") ?? 50
    guard (1...500).contains(size) else { throw .invalid("MaxResults") }
    return PageRequest(
      call: self, size: size,
      after: try PageToken.sequence(parameters["NextToken"], call: self, query: query.fingerprint))
  }
}

/// A part of a list.
struct PageRequest: Sendable {
  let call: ServedCall
  let size: Int
  let after: Int64

  /// The reply that lists what `query` finds, in `wrapper` and `set`.
  func reply(_ query: ListQuery, _ wrapper: String, _ set: String, in transaction: Transaction) throws
    -> ServedReply
  {
    let page = try transaction.page(query, in: call.scope, after: after, size: size)
    let token = page.next.map { PageToken.text($0, call: call, query: query.fingerprint) }
    return reply(page.objects.map(\.json), total: page.total, next: token, wrapper, set)
  }

  /// The reply that lists `items`, which are few.
  func reply(_ items: [String], _ wrapper: String, _ set: String) -> ServedReply {
    reply(items, total: items.count, next: nil, wrapper, set)
  }

  /// The reply with these items of a list of `total`.
  func reply(_ items: [String], total: Int, next: String?, _ wrapper: String, _ set: String) -> ServedReply {
    var reply = ServedReply([
      "TotalCount": .integer(Int64(total)), "MaxResults": .integer(Int64(size)),
      "NextToken": .string(next ?? ""),
    ])
    reply.add(wrapper, set, of: items)
    return reply
  }
}

/// The text that leads to the next page: where it begins, and a check that it belongs to this question.
enum PageToken {
  static func text(_ sequence: Int64, call: ServedCall, query: String) -> String {
    "\(String(sequence, radix: 36)).\(check(sequence, call, query))"
  }

  /// After which sequence the page begins; 0 without a token.
  static func sequence(_ token: String?, call: ServedCall, query: String) throws(Refusal) -> Int64 {
    guard let token else { return 0 }
    let parts = token.split(separator: ".", maxSplits: 1)
    guard !call.conditions.pageTokensExpire, parts.count == 2, let sequence = Int64(parts[0], radix: 36),
      parts[1] == check(sequence, call, query)
    else {
      throw Refusal(403, "Invalid.NextToken", "The specified NextToken is invalid.")
    }
    return sequence
  }

  private static func check(_ sequence: Int64, _ call: ServedCall, _ query: String) -> String {
    var print = TextFingerprint()
    for text in [call.operation, call.scope.account, call.scope.region, query, "\(sequence)"] {
      print.add(text)
    }
    return print.text
  }
}
