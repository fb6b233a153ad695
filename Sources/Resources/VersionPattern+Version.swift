// SPDX-License-Identifier: Apache-2.0

extension VersionPattern {
  /// Whether the pattern admits `version`.
  public func matches(_ version: Version) -> Bool {
    matches(version.major, version.minor, version.patch)
  }
}
