// SPDX-License-Identifier: Apache-2.0

/// Endings by which a name asks for a behaviour.
enum Marker {
  /// A thing with such a name does not exist, though its form is right.
  static let missing = "-missing"
  /// A bucket or object that the service may not read.
  static let forbidden = "-forbidden"
  /// An object in archive storage.
  static let archived = "-archived"
  /// An object that another import holds.
  static let importing = "-importing"
  /// A base image that can't be repaired.
  static let unrepairable = "-unrepairable"
  /// A base image that can't be built from.
  static let unsupported = "-unsupported"
  /// A base image that can't be copied or shared.
  static let marketplace = "-marketplace"
}
