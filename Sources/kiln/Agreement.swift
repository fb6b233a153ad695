// SPDX-License-Identifier: Apache-2.0

/// Lets the targets of one command go on together: all plans are shown before anything is done at any target.
actor Agreement {
  private var missing: Set<String>
  private var proposed: [String] = []
  private var waiting: [CheckedContinuation<Bool, Never>] = []
  private var answer: Bool?
  private let decide: @Sendable (_ proposed: [String]) -> Bool

  /// An agreement among `targets`.
  ///
  /// - Parameter decide: Is called once, when each target has proposed or withdrawn, with those that proposed.
  init(among targets: [String], decide: @escaping @Sendable (_ proposed: [String]) -> Bool) {
    missing = Set(targets)
    self.decide = decide
  }

  /// Waits for all others; true when what was proposed shall be done.
  func propose(_ target: String) async -> Bool {
    proposed.append(target)
    missing.remove(target)
    settle()
    if let answer { return answer }
    return await withCheckedContinuation { waiting.append($0) }
  }

  /// Tells that `target` has come to its end; of no effect once it has proposed.
  func withdraw(_ target: String) {
    guard missing.remove(target) != nil else { return }
    settle()
  }

  private func settle() {
    guard missing.isEmpty, answer == nil else { return }
    let isAgreed = decide(proposed)
    answer = isAgreed
    for continuation in waiting { continuation.resume(returning: isAgreed) }
    waiting = []
  }
}
