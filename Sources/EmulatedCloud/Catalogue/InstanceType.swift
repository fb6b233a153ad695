// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// An instance type; of most the emulated cloud knows the name only.
struct InstanceType: Hashable, Sendable {
  let id: String
  private(set) var cores: Int64?
  private(set) var gibibytes: Int64?

  /// The type called `id`.
  init(_ id: String) {
    self = Self.all.first { $0.id == id } ?? InstanceType(id, cores: nil, gibibytes: nil)
  }

  private init(_ id: String, cores: Int64?, gibibytes: Int64?) {
    self.id = id
    self.cores = cores
    self.gibibytes = gibibytes
  }

  /// What all sizes of it share: `ecs.g6` of `ecs.g6.large`.
  var family: String {
    id.split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
  }

  /// Its item in a reply of DescribeInstanceTypes.
  var item: JSONValue {
    var members: [String: JSONValue] = [
      "InstanceTypeId": .string(id), "InstanceTypeFamily": .string(family),
    ]
    members["CpuCoreCount"] = cores.map { .integer($0) }
    members["MemorySize"] = gibibytes.map { .integer($0) }
    return .object(members)
  }

  /// A few of the many.
  static let all: [InstanceType] = [
    InstanceType("ecs.c6.large", cores: 2, gibibytes: 4),
    InstanceType("ecs.c6.xlarge", cores: 4, gibibytes: 8),
    InstanceType("ecs.g6.large", cores: 2, gibibytes: 8),
    InstanceType("ecs.g6.xlarge", cores: 4, gibibytes: 16),
    InstanceType("ecs.g8y.large", cores: 2, gibibytes: 8),
    InstanceType("ecs.r6.large", cores: 2, gibibytes: 16),
  ]
}

extension EmulatorConfiguration {
  /// Whether there is an instance type called `name`: any of plausible form, unless it is said to be missing.
  func hasInstanceType(_ name: String) -> Bool {
    name.hasPrefix("ecs.") && !finds(name, .missing)
  }
}
