// SPDX-License-Identifier: Apache-2.0

/// By which of the service's two faces a target is reached.
public enum TargetNetwork: String, Hashable, Sendable, CaseIterable {
  /// From inside a virtual private cloud.
  case vpc
  /// Over the internet.
  case `public`
}
