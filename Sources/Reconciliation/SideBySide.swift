// SPDX-License-Identifier: Apache-2.0

/// Runs `body` for every element, at most `width` at once, and gathers what comes of each as they end.
///
/// The first failure ends the rest.
package func sideBySide<Element: Sendable, Value: Sendable, Failure: Error>(
  _ elements: [Element], width: Int,
  _ body: @escaping @Sendable (Element) async throws(Failure) -> Value
) async throws(Failure) -> [(Element, Value)] {
  let all = await withTaskGroup(of: (Element, Result<Value, Failure>).self) { group in
    var rest = elements[...]
    func begin() {
      guard let element = rest.popFirst() else { return }
      group.addTask {
        do throws(Failure) { return (element, .success(try await body(element))) } catch {
          return (element, .failure(error))
        }
      }
    }
    for _ in 0..<width { begin() }
    var values: [(Element, Value)] = []
    while let (element, result) = await group.next() {
      switch result {
      case .success(let value): values.append((element, value))
      case .failure(let failure):
        group.cancelAll()
        return Result<[(Element, Value)], Failure>.failure(failure)
      }
      begin()
    }
    return .success(values)
  }
  return try all.get()
}

extension Array {
  /// The elements in lists of at most `size` each.
  func batches(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
