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
    let moves = Stack.moves(spec, into: &problems)
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

extension Stack {
  private static func moves(_ spec: MappingReader, into problems: inout Problems) -> [String: String] {
    var moves: [String: String] = [:]
    for node in spec.list("moved", into: &problems) ?? [] {
      guard let move = MappingReader(node, what: "moved", file: spec.file, into: &problems) else { continue }
      move.rejectUnknown(ManifestGrammar.move.names, into: &problems)
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
    reader.rejectUnknown(ManifestGrammar.target.names, into: &problems)
    let name = reader.required("name", into: &problems)
    let region = reader.required("region", into: &problems)
    if let name, !name.isStackID(upTo: 63) {
      problems.report(
        Diagnostic(
          .error, rule: "invalid-value",
          "target.name must have 1 to 63 letters, digits, dots, dashes and underscores",
          at: reader.location(of: "name")))
    }
    let network = reader.network(into: &problems) ?? .public
    let account = reader.text("accountId", into: &problems)
    if let account, account.isEmpty || !account.utf8.allSatisfy(\.isDigit) {
      problems.report(
        .wrongType(
          "target.accountId", expected: "an account's number", at: reader.location(of: "accountId")))
    }
    let exclusions = (reader.list("exclude", into: &problems) ?? []).compactMap {
      Exclusion($0, of: "target.exclude", file: file, into: &problems)
    }
    let patches = (reader.list("patches", into: &problems) ?? []).compactMap {
      Patch($0, file: file, into: &problems)
    }
    let endpoint = reader.endpoint(into: &problems)
    let profile = reader.text("profile", into: &problems)
    let isDefault = reader.boolean("default", into: &problems) ?? false
    let variables = Variable.decode(
      reader["variables"], what: "target.variables", file: file, into: &problems)
    let lifecycle =
      reader["lifecycle"].map { Lifecycle($0, file: file, isExpanded: false, into: &problems) }
      ?? Lifecycle()
    let tagging = reader.tagging(into: &problems)
    guard let name, let region else { return nil }
    self.init(
      name: name, region: region, endpoint: endpoint, profile: profile, accountID: account,
      network: network, isDefault: isDefault, variables: variables,
      patches: patches, excluded: Set(exclusions.map(\.address.description)), lifecycle: lifecycle,
      tagging: tagging, exclusions: exclusions,
      location: reader.location(of: "name"))
  }
}

extension MappingReader {
  /// `inPlace` or `replace`.
  fileprivate func tagging(into problems: inout Problems) -> Tagging? {
    guard let text = text("tagging", into: &problems) else { return nil }
    if let tagging = Tagging(rawValue: text) { return tagging }
    let known = Tagging.allCases.map(\.rawValue)
    problems.report(
      .wrongType(
        "\(what).tagging", expected: known.joined(separator: " or "), at: location(of: "tagging"),
        hint: text.nearest(among: known).map { "did you mean \($0)?" }))
    return nil
  }

  /// `vpc` or `public`.
  fileprivate func network(into problems: inout Problems) -> TargetNetwork? {
    guard let text = text("network", into: &problems) else { return nil }
    if let network = TargetNetwork(rawValue: text) { return network }
    let known = TargetNetwork.allCases.map(\.rawValue)
    problems.report(
      .wrongType("\(what).network", expected: known.joined(separator: " or "), at: location(of: "network")))
    return nil
  }

  /// `embedded`, a host or a URL.
  fileprivate func endpoint(into problems: inout Problems) -> String? {
    guard let text = text("endpoint", into: &problems) else { return nil }
    // A host has a dot or a port; a lone word is most likely a slip in "embedded".
    if text != "embedded", text.nearest(among: ["embedded"]) != nil {
      problems.report(
        .wrongType(
          "target.endpoint", expected: "embedded or a URL", at: location(of: "endpoint"),
          hint: "did you mean embedded?"))
    }
    return text
  }
}

extension Exclusion {
  /// Reads an address of the list called `list`; nil with a report when it is none.
  init?(_ node: Node, of list: String, file: String, into problems: inout Problems) {
    let place = Location(file: file, range: node.range)
    guard node.tag == nil, let address = node.scalar.flatMap({ Address($0.text) }) else {
      problems.report(
        .wrongType(
          list, expected: "a list of addresses such as component/nginx or pipeline/web", at: place
        ))
      return nil
    }
    self.init(address: address, place: place)
  }
}

extension Patch {
  init?(_ node: Node, file: String, into problems: inout Problems) {
    guard let reader = MappingReader(node, what: "patch", file: file, into: &problems) else { return nil }
    reader.rejectUnknown(ManifestGrammar.patch.names, into: &problems)
    let word = reader.required("kind", into: &problems)
    let name = reader.required("name", into: &problems)
    let kind = ResourceKind.allCases.first { $0.manifestKind == word }
    if let word, kind == nil {
      let patched = ResourceKind.allCases.map(\.manifestKind)
      let hint = word.nearest(among: patched).map { "did you mean \($0)?" }
      problems.report(
        .wrongType(
          "patch.kind", expected: patched.joined(separator: " or "), at: reader.location(of: "kind"),
          hint: hint))
      return nil
    }
    guard let spec = reader["spec"] else {
      reader.reportMissing("spec", into: &problems)
      return nil
    }
    guard case .mapping = spec.content else {
      problems.report(.wrongType("patch.spec", expected: "a mapping", at: reader.location(of: "spec")))
      return nil
    }
    guard let kind, let name else { return nil }
    self.init(kind: kind, name: name, spec: spec, location: reader.location(of: "name"))
  }
}

extension String {
  fileprivate func isStackID(upTo length: Int) -> Bool {
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
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
