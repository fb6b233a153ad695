// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What is kept of contents until the whole project has been read.
struct LintNotes: Sendable {
  /// A comment that silences, by its file and line.
  struct Comment: Hashable, Sendable {
    let file: String
    let line: Int
  }

  /// Settings of the stack that something was found for, by their place among them.
  var usedSettings: Set<Int> = []
  /// Comments that silenced something.
  private(set) var usedComments: Set<Comment> = []
  /// What would be found if the builds with a component could not reach the Internet, by its address.
  var downloads: [String: [Diagnostic]] = [:]
  /// Scripts for a shell to judge.
  var scripts: [ShellScript] = []
  /// Texts of files that contents were taken from, by path, where their comments silence something.
  private(set) var files: [String: String] = [:]

  /// Notes that the comment at `location` silenced something.
  mutating func use(_ location: Location) {
    usedComments.insert(Comment(file: location.file, line: Int(location.range.start.line)))
  }

  /// Notes that `silence`, a comment of the file at `path`, silenced something.
  mutating func use(_ path: String, _ silence: Silence) {
    usedComments.insert(Comment(file: path, line: silence.lines.lowerBound))
  }

  /// Notes that a content was taken from the file at `path`.
  mutating func use(file path: String, _ text: String) {
    if files[path] == nil, !Silences(Array(text.utf8)).all.isEmpty { files[path] = text }
  }

  /// Takes over what `other` has.
  mutating func add(_ other: LintNotes) {
    usedSettings.formUnion(other.usedSettings)
    usedComments.formUnion(other.usedComments)
    downloads.merge(other.downloads) { $0 + $1 }
    scripts += other.scripts
    files.merge(other.files) { first, _ in first }
  }

  /// The same with places led back to the file of `patch`.
  func ledBack(by patch: PreparedPatch) -> LintNotes {
    var notes = self
    notes.downloads = downloads.mapValues { $0.map(patch.ledBack) }
    for index in scripts.indices { notes.scripts[index].patch = patch }
    return notes
  }
}
