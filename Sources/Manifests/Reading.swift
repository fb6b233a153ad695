// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What the files of a folder describe, and what is known of the parts that could not be read.
struct Reading: Sendable {
  /// The components and pipelines, in the order of files and documents.
  fileprivate(set) var described: [DescribedResource] = []
  /// Addresses, without versions, of manifests that could be told apart but not be used.
  private var unusable: Set<String> = []
  /// Words of files that describe more than could be read.
  private var brokenWords: Set<String> = []
  /// What is kept of contents until all has been read.
  private(set) var notes = LintNotes()

  /// The addresses of what is described: without versions, and with those that are pinned.
  var addresses: Set<String> {
    var addresses: Set<String> = []
    for resource in described {
      addresses.insert(resource.address.unversioned)
      addresses.insert(resource.address.description)
    }
    return addresses
  }

  /// Whether something called `name` may be described in what could not be read: then it can't be said to be missing.
  func mayDescribe(_ name: String) -> Bool {
    unusable.contains(name) || brokenWords.contains(name)
  }

  /// Whether the stack may be described in what could not be read.
  var mayDescribeStack: Bool {
    brokenWords.contains { $0 == "Stack" || $0.nearest(among: ["Stack"]) != nil }
  }

  fileprivate mutating func add(_ part: FilePart, from file: SourceFile) {
    described += part.described
    unusable.formUnion(part.unusable)
    notes.add(part.notes)
    if part.isBroken { brokenWords.formUnion(file.words) }
  }
}

/// What one file, or a piece of it, describes.
private struct FilePart: Sendable {
  var described: [DescribedResource] = []
  /// Names of manifests that can't be used.
  var unusable: Set<String> = []
  /// Whether the file may describe more.
  var isBroken = false
  /// What is wrong with it as YAML.
  var syntax = Problems()
  /// What else is wrong with it.
  var problems = Problems()
  var notes = LintNotes()
}

/// Reads all components and pipelines on all cores, each document's tree dropped once it is read.
func read(
  _ sources: [ManifestSource], in context: ReadingContext, _ problems: inout Problems
) async -> Reading {
  var reading = Reading()
  for (source, parts) in zip(sources, await parts(of: sources, in: context)) {
    let isMistaken = parts.count > 1 && parts.contains { !$0.syntax.diagnostics.isEmpty }
    for part in isMistaken ? [read(SourcePiece(source.file), of: source, in: context)] : parts {
      problems.report(contentsOf: part.problems.diagnostics)
      problems.report(contentsOf: part.syntax.diagnostics)
      reading.add(part, from: source.file)
    }
  }
  return reading
}

/// What the pieces of each file describe, in order.
private func parts(of sources: [ManifestSource], in context: ReadingContext) async -> [[FilePart]] {
  // As many are read at once as there are cores, since none of the tasks ever waits.
  await withTaskGroup(of: [(file: Int, place: Int, part: FilePart)].self) { group in
    var counts: [Int] = []
    var portion = Portion()
    for (file, source) in sources.enumerated() {
      counts.append(0)
      for piece in SourcePieces(of: source.file, atLeast: Portion.leastSize) {
        portion.append(piece, of: file, at: counts[file])
        counts[file] += 1
        guard portion.isFull else { continue }
        let full = portion
        group.addTask { full.read(of: sources, in: context) }
        portion = Portion()
      }
    }
    let last = portion
    group.addTask { last.read(of: sources, in: context) }
    var parts = counts.map { Array(repeating: FilePart(), count: $0) }
    for await found in group {
      for (file, place, part) in found { parts[file][place] = part }
    }
    return parts
  }
}

/// Pieces of files that are read in one go.
private struct Portion: Sendable {
  private var pieces: [(file: Int, place: Int, piece: SourcePiece)] = []
  private var size = 0

  /// Large enough to be worth handing out, small enough that at the end no core waits long for another.
  static let leastSize = 64 << 10

  var isFull: Bool { size >= Portion.leastSize }

  /// Adds the piece of the file `file` that is at `place` among its pieces.
  mutating func append(_ piece: SourcePiece, of file: Int, at place: Int) {
    pieces.append((file, place, piece))
    size += piece.count
  }

  func read(
    of sources: [ManifestSource], in context: ReadingContext
  ) -> [(file: Int, place: Int, part: FilePart)] {
    pieces.map { ($0.file, $0.place, Manifests.read($0.piece, of: sources[$0.file], in: context)) }
  }
}

private func read(
  _ piece: SourcePiece, of source: ManifestSource, in context: ReadingContext
) -> FilePart {
  var part = FilePart()
  var syntax = Problems()
  var linter = ContentLinter(context.policy)
  // Each piece has a path of its own: about one that they share, the cores would quarrel at every place they note.
  let path = String(decoding: Array(source.file.path.utf8), as: UTF8.self)
  var expansion = Expansion(
    folder: context.folder, variables: context.variables, relativePath: source.relativePath,
    source: source.file, index: source.index, reports: context.reports)
  composeDocuments(piece, into: &syntax) { document, _ in
    var structure = Problems()
    for manifest in manifestDocuments(in: document.root, file: path, into: &structure) {
      let resource = manifest.described(
        expandedBy: &expansion, patches: context.patches, lifecycle: context.lifecycle,
        isIntact: document.isIntact, linter: &linter, into: &part.problems)
      if let resource {
        part.described.append(resource)
      } else {
        part.unusable.insert(manifest.name)
      }
    }
    if structure.hasErrors { part.isBroken = true }
    part.problems.report(contentsOf: structure.diagnostics)
  }
  if syntax.hasErrors { part.isBroken = true }
  part.syntax = syntax
  part.notes = linter.notes
  return part
}

extension SourceFile {
  /// The words of the text, as far as they could be names.
  fileprivate var words: Set<String> {
    let ends = Set(" \t\r\n\"'{}[],".utf8)
    return Set(bytes.split { ends.contains($0) }.map { String(decoding: $0, as: UTF8.self) })
  }
}
