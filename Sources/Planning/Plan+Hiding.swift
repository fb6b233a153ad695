// SPDX-License-Identifier: Apache-2.0

import Resources

extension Plan {
  /// The plan with every field sensitive that shows one of `secrets`, before or after.
  ///
  /// A manifest that takes a value from a sensitive variable no more says nothing of it, but the service still shows it.
  public func hiding(_ secrets: some Collection<String>) -> Plan {
    guard !secrets.isEmpty else { return self }
    var plan = self
    for index in plan.changes.indices { plan.changes[index].hide(secrets) }
    return plan
  }
}

extension ResourceChange {
  fileprivate mutating func hide(_ secrets: some Collection<String>) {
    for index in fields.indices { fields[index].hide(secrets) }
  }
}

extension FieldChange {
  fileprivate mutating func hide(_ secrets: some Collection<String>) {
    guard !isSensitive, [before, after].contains(where: { $0?.shows(secrets) == true }) else { return }
    isSensitive = true
  }
}

extension FieldValue {
  /// A value of fewer characters stands in many a text by chance: it counts only where it is the whole text.
  private static let shortestTellingSecret = 6

  fileprivate func shows(_ secrets: some Collection<String>) -> Bool {
    texts.contains { text in
      secrets.contains { secret in
        text == secret || secret.count >= Self.shortestTellingSecret && text.holds(secret)
      }
    }
  }

  /// The texts that the value is made of.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .texts(let texts): texts
    case .pairs(let pairs): Array(pairs.values)
    case .disks(let disks):
      disks.flatMap { disk in DiskDeviceMapping.fields.flatMap { $0.read(disk)?.texts ?? [] } }
    case .integer, .integers, .boolean: []
    }
  }
}
