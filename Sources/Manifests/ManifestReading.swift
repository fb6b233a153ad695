// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Reads components and pipelines: files side by side, and the parts of a long one behind its parser.
struct ManifestReading: Sendable {
  let folder: ProjectFolder
  let variables: [String: Variable]
  let patches: [Patch]
  /// False while the stack itself can't be read.
  let checksVariables: Bool

  /// How many files are read at once.
  private static let width = 4
  /// How many manifests of one file are decoded together while its parser goes on.
  private static let batchSize = 256

  private struct Part: Sendable {
    var described: [DescribedResource] = []
    var problems = Problems()
  }

  /// What `sources` describe, in their order.
  func describe(
    _ sources: [ManifestSource], into problems: inout Problems
  ) async -> [DescribedResource] {
    let parts = await withTaskGroup(of: (Int, Part).self) { group in
      var parts = Array(repeating: Part(), count: sources.count)
      var waiting = sources.indices
      for index in waiting.prefix(ManifestReading.width) {
        group.addTask { (index, await read(sources[index])) }
      }
      waiting = waiting.dropFirst(ManifestReading.width)
      while let (index, part) = await group.next() {
        parts[index] = part
        if let next = waiting.popFirst() { group.addTask { (next, await read(sources[next])) } }
      }
      return parts
    }
    for part in parts { problems.report(contentsOf: part.problems.diagnostics) }
    return parts.flatMap(\.described)
  }

  /// Reads one file; a tree is dropped once its batch is decoded.
  private func read(_ source: ManifestSource) async -> Part {
    await withTaskGroup(of: (Int, Part).self) { group in
      var whole = Part()
      var batch: [(manifest: ManifestDocument, isIntact: Bool)] = []
      var batches = 0
      composeDocuments(source.file, into: &whole.problems) { document, problems in
        for manifest in manifestDocuments(in: document.root, file: source.file.path, into: &problems) {
          batch.append((manifest, document.isIntact))
        }
        guard batch.count >= ManifestReading.batchSize else { return }
        let full = batch, place = batches
        group.addTask { (place, decode(full, of: source)) }
        batch.removeAll()
        batches += 1
      }
      let last = decode(batch, of: source)
      var parts = Array(repeating: Part(), count: batches)
      for await (place, part) in group { parts[place] = part }
      for part in parts + [last] {
        whole.described += part.described
        whole.problems.report(contentsOf: part.problems.diagnostics)
      }
      return whole
    }
  }

  private func decode(
    _ batch: [(manifest: ManifestDocument, isIntact: Bool)], of source: ManifestSource
  ) -> Part {
    var part = Part()
    part.described.reserveCapacity(batch.count)
    for (manifest, isIntact) in batch {
      var expansion = Expansion(
        folder: folder, variables: variables, relativePath: source.relativePath, source: source.file,
        reportsUnknownVariables: checksVariables)
      let resource = manifest.described(
        expandedBy: &expansion, patches: patches, isIntact: isIntact, into: &part.problems)
      if let resource { part.described.append(resource) }
    }
    return part
  }
}
