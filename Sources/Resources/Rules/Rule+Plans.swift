// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension Rule {
  /// What a plan warns of.
  static let planRules: [Rule] = [
    Rule(
      "name-shared", .warning, .plans, "A pipeline's name is held by nobody else.",
      "The service keeps names of pipelines not unique; take the other over with kiln adopt if it is meant."),
    Rule(
      "rewritten-field", .warning, .plans, "A field comes back as it was sent.",
      "The service rewrites some contents; if somebody else did, replace the pipeline with --replace."),
    Rule(
      "lost-address", .warning, .plans, "What bears the stack's tag bears its address too.",
      "It is left alone; set the tag kiln:address again, or remove kiln:stack."),
    Rule(
      "strange-copy", .warning, .plans, "What bears a pipeline's tags is as Kiln made it.",
      "A copy by hand bears the tags too. It is left alone; delete it by hand, or remove its tag kiln:stack."),
    Rule(
      "kept-undescribed", .note, .plans, "What is no longer described is deleted, unless prune is false.",
      "Set prune: true in the Stack to have it deleted."),
    Rule(
      "preflight", .error, .plans, "What a plan takes for granted at the service exists.",
      "Base images, families, regions, instance types and components of others are asked for beforehand."),
  ]
}
