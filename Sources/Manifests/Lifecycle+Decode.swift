// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Lifecycle {
  /// Reads `lifecycle:` of a manifest or a target; what it leaves open is as `defaults` say.
  init(
    _ node: Node, file: String, isExpanded: Bool, elsewhere defaults: Lifecycle = Lifecycle(),
    into problems: inout Problems
  ) {
    self = defaults
    guard
      let reader = MappingReader(
        node, what: "lifecycle", file: file, isExpanded: isExpanded, into: &problems)
    else { return }
    reader.rejectUnknown(ManifestGrammar.lifecycleKeys.names, into: &problems)
    isProtected = reader.boolean("protected", into: &problems) ?? defaults.isProtected
    retain = reader.integer("retain", in: 0...1000, into: &problems) ?? defaults.retain
  }
}
