// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension Rule {
  /// Rules about the YAML of a file.
  static let yamlRules: [Rule] = [
    Rule(
      "yaml-syntax", .error, .yaml, "A file is YAML.",
      "Nothing behind the mistake can be read, so it is told first.", wrong: ["name: [a, b"],
      right: ["name: [a, b]"]),
    Rule(
      "not-utf8", .error, .yaml, "A file is text in UTF-8.", "Save it as UTF-8, or convert it with iconv."),
    Rule(
      "control-character", .error, .yaml, "A file has no invisible control characters.",
      "Take it away; in double quotes it can be written as an escape.", right: [#"text: "a\u0007b""#]),
    Rule(
      "duplicate-key", .error, .yaml, "A mapping has each key once.",
      "Of two values one would be lost, and nobody could say which.", wrong: ["name: a\nname: b"],
      right: ["name: b"]),
    Rule(
      "complex-key", .error, .yaml, "A key is text.", "Put a key that begins with a bracket in quotes.",
      wrong: ["[a]: b"], right: ["\"[a]\": b"]),
    Rule(
      "merge-key", .error, .yaml, "What << merges is a mapping, or a list of mappings.",
      "To use << as a plain key, put it in quotes.", wrong: ["<<: text"],
      right: ["base: &base {team: web}\ntags:\n  <<: *base"]),
    Rule(
      "undefined-alias", .error, .yaml, "An alias names an anchor that stands before it.",
      "Define the anchor with &name before *name, or put a text that begins with * in quotes.",
      wrong: ["version: *.*.*"], right: ["version: \"*.*.*\""]),
    Rule(
      "recursive-alias", .error, .yaml, "An anchor does not hold an alias of itself.",
      "Such a value would have no end.", wrong: ["a: &a [*a]"]),
    Rule(
      "alias-bomb", .error, .yaml, "Aliases stay in proportion.",
      "A few lines of aliases of aliases can stand for more values than fit into memory."),
    Rule(
      "too-deep", .error, .yaml, "A file has at most 64 levels.",
      "No manifest needs more; it is most likely broken."),
    Rule(
      "too-large", .error, .yaml, "A file, and each text in it, has a sensible size.",
      "Split the file; contents have at most 16 KB anyway."),
    Rule(
      "too-many-problems", .error, .yaml, "A file has not too many problems to be told.",
      "The first ones are told; put those right and look again."),
    Rule(
      "unknown-tag", .error, .yaml, "The tags are !file and !var.",
      "A value with another tag has no meaning here.", wrong: ["content: !include nginx.dockerfile"],
      right: ["content: !file nginx.dockerfile"]),
    Rule(
      "wrong-tag", .error, .yaml, "A value is what its tag says it is.",
      "Take the tag away, or write such a value.",
      wrong: ["size: !!int forty"], right: ["size: 40"]),
    Rule(
      "format-unsafe", .error, .yaml, "A file formatted anew says what it said before.",
      "kiln fmt leaves the file as it is; write what the message names in another way."),
    Rule(
      "yaml-version", .warning, .yaml, "Files are read as YAML 1.2.",
      "Take the %YAML line away: yes, no, on and off are text.", wrong: ["%YAML 1.1\n---\na: b"],
      right: ["a: b"]),
  ]
}
