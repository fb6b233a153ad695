// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Stack {
  /// Reads a `Stack` document; nil with a report when it can't be used.
  init?(
    _ document: ManifestDocument, isIntact: Bool, relativePath: String, into problems: inout Problems
  ) {
    guard let spec = MappingReader(document.spec, what: "spec", file: document.file, into: &problems) else {
      return nil
    }
    spec.rejectUnknown(ManifestGrammar.stack.names, into: &problems)
    let described = spec.list("targets", into: &problems)
    let targets = (described ?? []).compactMap { Target($0, file: document.file, into: &problems) }
    Stack.checkTargets(targets, into: &problems)
    let isMisspelt = spec.keys.contains { $0 != "targets" && $0.nearest(among: ["targets"]) != nil }
    if let described, described.isEmpty, isIntact, !isMisspelt {
      problems.report(
        Diagnostic(
          .error, rule: "missing-field", "spec.targets must name at least one target",
          at: spec["targets"] == nil ? document.nameLocation : spec.location(of: "targets"),
          hint: "for a first try: targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]"))
    }
    let id = spec.text("id", into: &problems)
    Stack.checkID(id, of: document, spec, into: &problems)
    let variables = Variable.decode(
      spec["variables"], what: "spec.variables", file: document.file, into: &problems)
    let prunes = spec.boolean("prune", into: &problems) ?? true
    let moves = (spec.list("moved", into: &problems) ?? []).compactMap {
      Move($0, file: document.file, into: &problems)
    }
    let tagging = spec.tagging(into: &problems)
    let settings = (spec.list("rules", into: &problems) ?? []).compactMap {
      RuleSetting($0, file: document.file, into: &problems)
    }
    if targets.isEmpty { return nil }
    self.init(
      name: document.name, id: id ?? document.name, targets: targets, variables: variables, prunes: prunes,
      moves: moves, tagging: tagging, ruleSettings: settings, location: document.nameLocation,
      relativePath: relativePath)
  }

  private static func checkTargets(_ targets: [Target], into problems: inout Problems) {
    var names: [String: Location?] = [:]
    for target in targets {
      guard let first = names[target.name] else {
        names[target.name] = target.location
        continue
      }
      problems.report(
        Diagnostic(
          .error, rule: "duplicate-target", "there are two targets called \(target.name)",
          at: target.location,
          related: (first.map { [Diagnostic.Related("the first is here", at: $0)] }) ?? []))
    }
    let preferred = targets.filter(\.isDefault)
    for other in preferred.dropFirst() {
      problems.report(
        Diagnostic(
          .error, rule: "duplicate-default", "only one target may be the default", at: other.location,
          related: (preferred.first?.location.map { [Diagnostic.Related("this is one", at: $0)] }) ?? []))
    }
  }

  /// Id and target make up the value of a tag, which has at most 128 characters.
  private static func checkID(
    _ id: String?, of document: ManifestDocument, _ spec: MappingReader, into problems: inout Problems
  ) {
    if let id {
      guard !id.isStackID(upTo: 64) else { return }
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value",
          "spec.id must have 1 to 64 letters, digits, dots, dashes and underscores",
          at: spec.location(of: "id")))
    } else if !document.name.isStackID(upTo: 64) {
      problems.report(
        Diagnostic(
          .error, rule: "missing-field", "spec.id is required, as the name can't serve as one",
          at: document.nameLocation,
          hint: "an id has 1 to 64 letters, digits, dots, dashes and underscores"))
    } else if spec["id"] == nil {
      problems.report(
        Diagnostic(
          .note, rule: "stack-without-id", "the stack has no spec.id, so its name is what owns its resources",
          at: document.nameLocation, hint: "give it an id before you ever rename it"))
    }
  }
}

extension String {
  /// Whether it can be a part of what owns resources: at most so many letters, digits, dots, dashes and underscores.
  func isStackID(upTo length: Int) -> Bool {
    (1...length).contains(utf8.count)
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: byte.isDigit
        }
      }
  }
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
