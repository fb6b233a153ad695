// SPDX-License-Identifier: Apache-2.0

/// A key as it stands in the text.
struct Key {
  let text: String
  let range: SourceRange
  /// Whether it is `<<`, which takes over the entries of other mappings.
  let isMerge: Bool
}

/// Collects the entries of one mapping and knows which keys it has.
struct MappingBuilder {
  private var entries: [Node.Entry] = []
  private var merge: (key: Key, place: Int, sources: [[Node.Entry]])?
  /// Places of the keys, once there are too many to look through.
  private var places: [String: Int] = [:]
  private static let lookThroughLimit = 16

  init() {
    // Most mappings have no more, and are spared from being moved as they grow.
    entries.reserveCapacity(8)
  }

  /// Where `key` stands already.
  func firstRange(of key: Key) -> SourceRange? {
    if key.isMerge { return merge?.key.range }
    return place(of: key.text).map { entries[$0].keyRange }
  }

  /// Adds the entry `key: value`; the key must be new.
  mutating func append(_ key: Key, _ value: consuming Node) {
    entries.append(Node.Entry(key: key.text, keyRange: key.range, value: value))
    if entries.count > Self.lookThroughLimit {
      if places.isEmpty {
        for (place, entry) in entries.enumerated() { places[entry.key] = place }
      } else {
        places[key.text] = entries.count - 1
      }
    }
  }

  /// Takes over the entries of `sources` at this place, as far as their keys are not written out in this mapping.
  mutating func merge(_ sources: [[Node.Entry]], at key: Key) {
    merge = (key, entries.count, sources)
  }

  /// Gives the entries away, in the order of the text.
  mutating func finish() -> [Node.Entry] {
    guard let merge else {
      var finished: [Node.Entry] = []
      swap(&finished, &entries)
      return finished
    }
    var taken: Set<String> = []
    var merged: [Node.Entry] = []
    for entry in merge.sources.joined() where place(of: entry.key) == nil && taken.insert(entry.key).inserted
    {
      merged.append(entry)
    }
    return entries[..<merge.place] + merged + entries[merge.place...]
  }

  private func place(of key: String) -> Int? {
    places.isEmpty ? entries.firstIndex { $0.key == key } : places[key]
  }
}
