// SPDX-License-Identifier: Apache-2.0

/// What can be the matter with a thing of which the emulated cloud knows the name only: an image, an object in OSS.
///
/// A name that ends so says it from the start; the control endpoint says it of any name, from then on.
package enum Condition: String, Hashable, Sendable, CaseIterable {
  /// It does not exist, though the form of its name is right.
  case missing
  /// A bucket or object that the service may not read.
  case forbidden
  /// An object in archive storage.
  case archived
  /// An object that another import holds.
  case importing
  /// A base image that can't be repaired.
  case unrepairable
  /// A base image that can't be built from.
  case unsupported
  /// A base image that can't be copied or shared.
  case marketplace
}

extension EmulatorConfiguration {
  /// Whether `name` stands for something of which `condition` is true.
  func finds(_ name: String, _ condition: Condition) -> Bool {
    name.hasSuffix("-" + condition.rawValue) || conditions[condition]?.contains(name) ?? false
  }
}
