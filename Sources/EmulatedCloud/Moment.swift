// SPDX-License-Identifier: Apache-2.0

/// When a call arrives: facts that the service is told.
package struct Moment: Hashable, Sendable {
  /// The true time in milliseconds since 1970, for signatures and throttling.
  package let wall: Int64
  /// The time of the emulated world in milliseconds since 1970; differs from `wall` where the clock is turned by hand.
  package let service: Int64

  /// A moment of which both times are `wall`, unless said otherwise.
  package init(wall: Int64, service: Int64? = nil) {
    self.wall = wall
    self.service = service ?? wall
  }
}
