// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  /// Bars plans for addresses that nothing has: a slip of the pen must not pass for "nothing to do".
  mutating func checkSelection() {
    guard options.only != nil || !options.except.isEmpty || !options.replace.isEmpty else { return }
    var known = Set<String>()
    for address in desired.components.map(\.address) + desired.pipelines.map(\.address)
      + observed.owned.compactMap(\.address)
    {
      known.formUnion([address.description, address.unversioned])
    }
    for component in desired.components where component.versionRule.pinned == nil {
      let version = versions.version(of: component)
      known.insert(Address(.component, component.name, version: version).description)
    }
    let selections = [
      ("--only", options.only ?? []), ("--except", options.except), ("--replace", options.replace),
    ]
    for (option, addresses) in selections {
      for address in addresses.sorted() where !known.contains(address) {
        let nearest = address.nearest(among: known)
        refuse(
          .conflict, "unknown-address", "\(option) \(address) names nothing of the stack", at: nil,
          hint: nearest.map { "did you mean \($0)?" } ?? "addresses are like component/nginx and pipeline/web"
        )
      }
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
