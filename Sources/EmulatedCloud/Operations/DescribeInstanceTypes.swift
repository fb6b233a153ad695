// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Shows the instance types that are asked for and exist; all that the catalogue has where none are named.
@Sendable func describeInstanceTypes(_ call: ServedCall) throws(Refusal) -> Work {
  var seen = Set<String>()
  let names = call.parameters.list("InstanceTypes").filter { !$0.isEmpty && seen.insert($0).inserted }
  guard names.count <= 10 else { throw .invalid("InstanceTypes") }
  let size = try call.parameters.integer("MaxResults") ?? 100
  guard (1...100).contains(size) else { throw .invalid("MaxResults") }
  let family = call.parameters["InstanceTypeFamily"]
  let query = (names + [family ?? ""]).joined(separator: " ")
  let first = try PageToken.sequence(call.parameters["NextToken"], call: call, query: query)
  let types = names.isEmpty ? InstanceType.all : names.map(InstanceType.init)
  let found = types.filter {
    call.settings.hasInstanceType($0.id) && (family ?? $0.family) == $0.family
  }
  let page = found.dropFirst(max(0, Int(first))).prefix(size)
  let isLast = page.endIndex == found.endIndex
  let next = isLast ? "" : PageToken.text(Int64(page.endIndex), call: call, query: query)
  return Work(writes: false) { _ in
    ServedReply([
      "InstanceTypes": ["InstanceType": .array(page.map(\.item))], "NextToken": .string(next),
    ])
  }
}
