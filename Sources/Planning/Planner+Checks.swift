// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
public import Resources

extension DesiredState {
  /// Every address that the manifests describe, with and without its version.
  ///
  /// Versions that Kiln chooses follow from what was observed.
  public func addresses(beside observed: ObservedState) -> Set<String> {
    let versions = VersionChoice(desired: self, observed: observed)
    let chosen = components.filter { $0.versionRule.pinned == nil }
      .map { Address(.component, $0.name, version: versions.version(of: $0)) }
    return Set(
      (components.map(\.address) + pipelines.map(\.address) + chosen).flatMap {
        [$0.description, $0.unversioned]
      })
  }
}

extension String {
  /// What to write in place of an address that is not among the `known` ones.
  public func addressHint(among known: Set<String>) -> String {
    nearest(among: known).map { "did you mean \($0)?" }
      ?? "addresses are like component/nginx and pipeline/web"
  }
}

extension Planner {
  /// Bars plans for addresses that nothing has: a slip of the pen must not pass for "nothing to do".
  mutating func checkSelection() {
    guard options.only != nil || !options.except.isEmpty || !options.replace.isEmpty else { return }
    let known = desired.addresses(beside: observed).union(
      observed.owned.compactMap(\.address).flatMap { [$0.description, $0.unversioned] })
    let selections = [
      ("--only", options.only ?? []), ("--except", options.except), ("--replace", options.replace),
    ]
    for (option, addresses) in selections {
      for address in addresses.sorted() where !known.contains(address) {
        refuse(
          .conflict, "unknown-address", "\(option) \(address) names nothing of the stack", at: nil,
          hint: address.addressHint(among: known))
      }
    }
  }

  /// Bars plans that leave as it is what was asked to be replaced; to be called when components have their versions.
  mutating func checkReplacements() {
    for pipeline in desired.pipelines where isForced(pipeline.address) && needsExcepted(pipeline) {
      refuse(
        .conflict, "unknown-address",
        "--replace \(pipeline.address) names what --except leaves as it is", at: nil,
        hint: "a pipeline is left as it is where a component that it names is")
    }
  }

  /// Tells of objects that bear the stack's tag but can't be told which resource they are.
  mutating func warnAboutLostAddresses() {
    for object in observed.owned where object.address == nil {
      let name = object.resource.wireName.map { " (\($0))" } ?? ""
      warnings.append(
        Diagnostic(
          .warning, rule: "lost-address",
          "\(object.id)\(name) bears the stack's tag, but its tag \(OwnershipTags.addressKey) is lost",
          at: nil,
          hint: "it is left alone; set the tag again, or remove \(OwnershipTags.stackKey)"))
    }
  }
}
