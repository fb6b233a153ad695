// SPDX-License-Identifier: Apache-2.0

import Resources

/// What may stand at one place of a manifest.
///
/// Readers take the names of keys from it, `kiln fmt` their order, `kiln schema` all of it: each key is named once.
indirect enum Form: Sendable {
  /// A scalar, taken as it is written, that keeps these rules.
  case text([Constraint] = [])
  /// A whole number that keeps these rules; in quotes too where `isQuotable`.
  case integer([Constraint] = [], isQuotable: Bool = false)
  /// `true` or `false`.
  case boolean
  /// A text of this regular expression, by example; one that a number could be where `admitsNumbers`.
  case pattern(String, example: String, admitsNumbers: Bool = false)
  /// A list of elements of one form.
  case list(Form, [Constraint] = [])
  /// Keys that are known, with their values.
  case mapping(Members)
  /// Keys of the author's own, which keep these rules, with values of one form.
  case dictionary(Form, [Constraint] = [])
  /// One of several forms.
  case either([Form])
  /// The second form where a mapping has one of the keys, anything else otherwise.
  case whereKeyed([String], Form)
  /// A manifest of any kind.
  case manifest
  /// Anything at all.
  case anything
  /// What a file or a variable may stand for.
  case expandable(Form)
}

/// A key of a mapping.
struct Member: Sendable {
  /// The key.
  let name: String
  /// What its value may be.
  let form: Form
  /// What it is for, in one sentence.
  let summary: String
  /// Whether the mapping can't do without it.
  let isRequired: Bool
  /// What its absence means.
  let defaultValue: FieldValue?

  /// The key `name`.
  init(
    _ name: String, _ form: Form, isRequired: Bool = false, default defaultValue: FieldValue? = nil,
    _ summary: String
  ) {
    self.name = name
    self.form = form
    self.summary = summary
    self.isRequired = isRequired
    self.defaultValue = defaultValue
  }
}

/// The keys of a mapping, in the order in which `kiln fmt` puts them.
struct Members: Sendable {
  /// The keys.
  let all: [Member]
  /// Their names.
  let names: [String]
  /// Of these keys exactly one must be given; any number where there are none.
  var alternatives: [String] = []
  /// Keys that make sense only beside another one.
  var companions: [String: String] = [:]
  /// Sets of keys of which at most one may be given.
  var exclusive: [[String]] = []
  /// Whether other keys are passed over.
  var isOpen = false

  /// A mapping of the keys `all`.
  init(_ all: [Member]) {
    self.all = all
    names = all.map(\.name)
  }

  /// The key `name`.
  subscript(name: String) -> Member? { all.first { $0.name == name } }
}
