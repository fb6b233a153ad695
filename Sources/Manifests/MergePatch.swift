// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Node {
  /// The node with `patch` merged into it: mappings key by key, null removes, all else replaces (RFC 7396).
  func merged(with patch: Node) -> Node {
    guard case .mapping(let changes) = patch.content, patch.tag == nil else { return patch }
    var entries: [Entry] = []
    if case .mapping(let existing) = content { entries = existing }
    for change in changes {
      let index = entries.firstIndex { $0.key == change.key }
      if change.value.isNull {
        if let index { entries.remove(at: index) }
      } else if let index {
        entries[index] = Entry(
          key: change.key, keyRange: entries[index].keyRange,
          value: entries[index].value.merged(with: change.value))
      } else {
        let empty = Node(.mapping([]), range: change.value.range)
        entries.append(
          Entry(key: change.key, keyRange: change.keyRange, value: empty.merged(with: change.value)))
      }
    }
    return Node(.mapping(entries), tag: tag, range: range)
  }
}
