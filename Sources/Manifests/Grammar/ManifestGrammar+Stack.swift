// SPDX-License-Identifier: Apache-2.0

import Resources

extension ManifestGrammar {
  /// The keys of a stack's spec.
  static let stack = Members([
    Member(
      "id", .pattern("^[A-Za-z0-9._-]{1,64}$", example: "gi-7f3k9q", admitsNumbers: true),
      "What ownership tags hold: given once, and kept when the stack is renamed."),
    Member(
      "targets", .list(.mapping(target), [.count(1...1000)]), isRequired: true,
      "Where the stack can be realised."),
    Member("variables", variables, "Values that manifests refer to with !var."),
    Member(
      "prune", .boolean, default: .boolean(true), "Whether what is no longer described is deleted."),
    Member("moved", .list(.mapping(move)), "Addresses that resources had before they were renamed."),
    Member(
      "tagging", tagging, "How tags of pipelines that exist are changed; the service is asked where unset."),
    Member("rules", .list(.mapping(rule)), "How much rules for contents weigh; kiln explain lists them."),
  ])

  /// The keys of what is said of a rule.
  static let rule = Members([
    Member(
      "rule", .text([.oneOf(ContentRule.all.map(\.id))]), isRequired: true,
      "The rule's name, as it stands in brackets behind a message."),
    Member(
      "severity", .text([.oneOf(["off", "note", "warning", "error"])]), isRequired: true,
      "How much it weighs."),
    Member("reason", .text(), "Why; needed where the rule is off or weighs less than usual."),
    Member("only", .list(address), "Addresses that it is said for; everything where unset."),
  ])

  /// The keys of a target.
  static let target = Members([
    Member(
      "name", .pattern("^[A-Za-z0-9._-]{1,63}$", example: "prod", admitsNumbers: true), isRequired: true,
      "The target's name: part of what owns its resources."),
    Member("region", .text(), isRequired: true, "The region's id."),
    Member("endpoint", .text(), "embedded, or a URL; the region's own endpoint where unset."),
    Member("profile", .text(), "The credential profile, and no other source."),
    Member(
      "accountId", .pattern("^[0-9]+$", example: "1234567890123456", admitsNumbers: true),
      "The account that the credentials must belong to."),
    Member(
      "network", .text([.oneOf(TargetNetwork.allCases.map(\.rawValue))]),
      "vpc to call the endpoint inside the VPC."),
    Member(
      "default", .boolean, default: .boolean(false), "Whether commands take this target when none is named."),
    Member("variables", variables, "Values that hold for this target only."),
    Member("patches", .list(.mapping(patch)), "Changes to manifests for this target only."),
    Member("exclude", .list(address), "Addresses that this target leaves out."),
    Member(
      "lifecycle", .mapping(lifecycleKeys),
      "What holds at this target where a manifest does not say otherwise."),
    Member("tagging", tagging, "How tags of pipelines that exist are changed at this target."),
  ])

  /// The keys of a patch.
  static let patch = Members([
    Member(
      "kind", .text([.oneOf(ResourceKind.allCases.map(\.manifestKind))]), isRequired: true,
      "The kind of the manifest that is changed."),
    Member("name", .text(), isRequired: true, "Its metadata.name."),
    Member("spec", .dictionary(.anything), isRequired: true, "What is merged into its spec; null removes."),
  ])

  /// The keys of a rename.
  static let move = Members([
    Member("from", address, isRequired: true, "The address before."),
    Member("to", address, isRequired: true, "The address now."),
  ])

  /// The keys of a variable's declaration.
  static let variable = Members([
    Member(
      "type", .text([.oneOf(Variable.Kind.allCases.map(\.rawValue))]), "The type of its values."),
    Member(
      "sensitive", .boolean, default: .boolean(false), "Whether its value is shown as a digest only."),
    Member("default", .anything, "The value where none is given from outside."),
    Member("description", .anything, "What it is for."),
  ])

  /// Keys that tell a declaration from a value.
  static let declaringKeys = ["default", "type", "sensitive"]

  private static let variables = Form.dictionary(.whereKeyed(declaringKeys, .mapping(variable)))
  private static let tagging = Form.text([.oneOf(Tagging.allCases.map(\.rawValue))])
  private static let address = Form.pattern("^(component|pipeline)/.+$", example: "component/nginx")
}
