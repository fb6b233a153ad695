// SPDX-License-Identifier: Apache-2.0

/// Why a file can't be read further.
package struct SyntaxError: Error, Hashable, Sendable {
  /// The place where the construct that broke had begun.
  package struct Origin: Hashable, Sendable {
    package let message: String
    package let mark: Mark
  }

  /// The rule's id.
  package let rule: String
  /// What is wrong, in the author's words.
  package let message: String
  /// Where it was noticed; nil when the bytes themselves can't be read (see `unreadablePlaces`).
  package let mark: Mark?
  /// Where it began, when that is another place.
  package let origin: Origin?
  /// What to do.
  package let hint: String?

  package init(
    rule: String, _ message: String, at mark: Mark?, origin: Origin? = nil, hint: String? = nil
  ) {
    self.rule = rule
    self.message = message
    self.mark = mark
    self.origin = origin
    self.hint = hint
  }
}

extension SyntaxError {
  /// How many collections may stand in each other.
  ///
  /// The parser's cost grows with the square of the depth, and the composer recurses, so the limit holds while events
  /// are read.
  package static let depthLimit = 64

  static func tooDeep(at mark: Mark) -> SyntaxError {
    SyntaxError(
      rule: "too-deep", "lists and mappings stand more than \(depthLimit) deep in each other", at: mark)
  }

  static func tooLarge(_ message: String, at mark: Mark, hint: String) -> SyntaxError {
    SyntaxError(rule: "too-large", message, at: mark, hint: hint)
  }
}

extension Diagnostic {
  /// The diagnostic that tells of `error` in `file`.
  init(_ error: SyntaxError, at mark: Mark, in file: String) {
    let origins = error.origin.map { [$0] } ?? []
    self.init(
      .error, rule: error.rule, error.message, at: Location(file: file, at: mark),
      related: origins.filter { $0.mark < mark }.map {
        Related($0.message, at: Location(file: file, at: $0.mark))
      },
      hint: error.hint)
  }
}
