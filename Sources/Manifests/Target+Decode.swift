// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

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
  func tagging(into problems: inout Problems) -> Tagging? {
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
