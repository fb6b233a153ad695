// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The throttles of a process, one for each account, region and operation, shared by all its clients.
///
/// The service counts per account, region and operation, whoever calls (help topic "API throttling").
package final class Limiters: Sendable {
  /// What the service counts by.
  package struct Key: Hashable, Sendable {
    /// The account, or whatever tells accounts apart.
    package let account: String
    /// The region.
    package let regionID: String
    /// The operation.
    package let operation: String

    /// Makes a key.
    package init(account: String, regionID: String, operation: String) {
      self.account = account
      self.regionID = regionID
      self.operation = operation
    }
  }

  private let throttles = Mutex<[Key: Throttle]>([:])

  /// Makes a set of throttles that know nothing yet.
  package init() {}

  /// Carries out `body` on the throttle of `key`; it must be short, as all callers wait.
  func update<R: Sendable>(_ key: Key, _ body: (inout Throttle) -> R) -> R {
    throttles.withLock { body(&$0[key, default: Throttle()]) }
  }
}
