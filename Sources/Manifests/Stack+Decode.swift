// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Stack {
  /// Reads a `Stack` document; nil with a report when it can't be used.
  init?(_ document: ManifestDocument, into problems: inout Problems) {
    guard let spec = MappingReader(document.spec, what: "spec", file: document.file, into: &problems) else {
      return nil
    }
    spec.rejectUnknown(["id", "targets", "variables", "prune", "moved"], into: &problems)
    let targets = spec.list("targets", into: &problems).compactMap {
      Target($0, file: document.file, into: &problems)
    }
    var names = Set<String>()
    for target in targets where !names.insert(target.name).inserted {
      problems.report(
        Diagnostic(
          .error, rule: "duplicate-target", "there are two targets called \(target.name)",
          at: spec.location(of: "targets")))
    }
    if targets.count(where: \.isDefault) > 1 {
      problems.report(
        Diagnostic(
          .error, rule: "duplicate-default", "only one target may be the default",
          at: spec.location(of: "targets")))
    }
    if spec.list("targets", into: &problems).isEmpty {
      problems.report(
        Diagnostic(
          .error, rule: "missing-field", "spec.targets must name at least one target",
          at: spec.location(of: "targets"),
          hint: "for a first try: targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]"))
      return nil
    }
    let id = spec.text("id", into: &problems)
    if let id, !id.isStackID {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value",
          "spec.id must have 1 to 64 letters, digits, dots, dashes and underscores",
          at: spec.location(of: "id")))
    }
    self.init(
      name: document.name, id: id ?? document.name, targets: targets,
      variables: Variable.decode(
        spec["variables"], what: "spec.variables", file: document.file, into: &problems),
      prunes: spec.boolean("prune", into: &problems) ?? true,
      moves: Stack.moves(spec, into: &problems), location: document.nameLocation)
    if id == nil {
      problems.report(
        Diagnostic(
          .note, rule: "stack-without-id", "the stack has no spec.id, so its name is what owns its resources",
          at: document.nameLocation, hint: "give it an id before you ever rename it"))
    }
  }
}

extension Stack {
  private static func moves(_ spec: MappingReader, into problems: inout Problems) -> [String: String] {
    var moves: [String: String] = [:]
    for node in spec.list("moved", into: &problems) {
      guard let move = MappingReader(node, what: "moved", file: spec.file, into: &problems) else { continue }
      move.rejectUnknown(["from", "to"], into: &problems)
      guard let from = move.address("from", into: &problems), let to = move.address("to", into: &problems)
      else { continue }
      if from.kind != to.kind {
        problems.report(.wrongType("moved.to", expected: "a \(from.kind)", at: move.location(of: "to")))
      }
      moves[from.unversioned] = to.unversioned
    }
    return moves
  }
}

extension MappingReader {
  fileprivate func address(_ key: String, into problems: inout Problems) -> Address? {
    guard let text = required(key, into: &problems) else { return nil }
    guard let address = Address(text), address.version == nil else {
      problems.report(
        .wrongType("\(what).\(key)", expected: "like component/NAME or pipeline/NAME", at: location(of: key)))
      return nil
    }
    return address
  }
}

extension Target {
  init?(_ node: Node, file: String, into problems: inout Problems) {
    guard let reader = MappingReader(node, what: "target", file: file, into: &problems) else { return nil }
    reader.rejectUnknown(
      [
        "name", "region", "endpoint", "profile", "accountId", "network", "default", "variables", "patches",
        "exclude",
      ], into: &problems)
    let name = reader.required("name", into: &problems)
    let region = reader.required("region", into: &problems)
    guard let name, let region else { return nil }
    if !name.isStackID {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value",
          "target.name must have 1 to 64 letters, digits, dots, dashes and underscores",
          at: reader.location(of: "name")))
    }
    let network = reader.text("network", into: &problems)
    if let network, !["vpc", "public"].contains(network) {
      problems.report(
        .wrongType("target.network", expected: "vpc or public", at: reader.location(of: "network")))
    }
    self.init(
      name: name, region: region, endpoint: reader.text("endpoint", into: &problems),
      profile: reader.text("profile", into: &problems), accountID: reader.text("accountId", into: &problems),
      network: network == "public" ? nil : network,
      isDefault: reader.boolean("default", into: &problems) ?? false,
      variables: Variable.decode(
        reader["variables"], what: "target.variables", file: file, into: &problems),
      patches: reader.list("patches", into: &problems).compactMap {
        Patch($0, file: file, into: &problems)
      },
      excluded: Set(reader.list("exclude", into: &problems).compactMap { $0.scalar?.text }))
  }
}

extension Patch {
  init?(_ node: Node, file: String, into problems: inout Problems) {
    guard let reader = MappingReader(node, what: "patch", file: file, into: &problems) else { return nil }
    reader.rejectUnknown(["kind", "name", "spec"], into: &problems)
    let kind = reader.required("kind", into: &problems)
    let name = reader.required("name", into: &problems)
    guard let kind, let name, let spec = reader["spec"] else { return nil }
    self.init(kind: kind, name: name, spec: spec)
  }
}

extension String {
  fileprivate var isStackID: Bool {
    (1...64).contains(utf8.count)
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
