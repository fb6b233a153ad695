// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Manifests

private let head = "apiVersion: kiln.imagebuilder/v1alpha1\nkind: ImagePipeline\n"

/// Bytes → a file of manifests → its canonical form: it says the same, keeps every comment, and is its own canonical
/// form; a file with a mistake has none, nor one that can't be written anew safely.
func examine(_ bytes: [UInt8]) {
  examineFile(bytes)
  examineFile(Array(head.utf8) + bytes)
}

private func examineFile(_ bytes: [UInt8]) {
  let source = SourceFile(path: "fuzz.yaml", bytes: bytes)
  var (found, problems) = (Problems(), Problems())
  let before = composeDocuments(source, into: &found)
  let result = formattedManifests(source, into: &problems)
  // What fmt can't write anew without changing what it says it leaves as it is, and says so.
  let isLeftAlone = problems.diagnostics.contains { $0.rule == "format-unsafe" }
  precondition(
    (result == nil) == (found.hasErrors || isLeftAlone),
    "what can be read has a canonical form, and nothing else")
  guard let result else { return }
  let formatted = SourceFile(path: "fuzz.yaml", bytes: result)
  let after = composeDocuments(formatted, into: &found)
  precondition(!found.hasErrors, "a canonical form can be read")
  precondition(before.map { meaning(of: $0.root) } == after.map { meaning(of: $0.root) }, "it says the same")
  precondition(comments(of: source) == comments(of: formatted), "no comment is lost, and none is made")
  precondition(formattedManifests(formatted, into: &problems) == result, "it is its own canonical form")
}

/// What a node says, whatever the order of its keys.
private func meaning(of node: Node) -> String {
  let body =
    switch node.content {
    case .scalar(let scalar): "\(scalar.coreValue) \(String(reflecting: scalar.text))"
    case .sequence(let elements): "[\(elements.map(meaning).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\(String(reflecting: $0.key)): \(meaning(of: $0.value))" }.sorted().joined(separator: ", "))}"
    }
  return (node.tag.map { "\($0.rawValue) " } ?? "") + body
}

/// The comments of a file, sorted: what follows a `#` outside of scalars.
private func comments(of source: SourceFile) -> [String] {
  let lines = SourceLines(source)
  let bytes = source.bytes
  var isText = [Bool](repeating: false, count: bytes.count)
  _ = try? withEventReader(bytes) { reader throws(SyntaxError) in
    while true {
      let event = try reader.next()
      switch event.kind {
      case .streamEnd: return
      case .scalar(_, let style):
        var start = lines.offset(of: event.range.start) ?? bytes.count
        let end = lines.offset(of: event.range.end) ?? bytes.count
        // A comment may stand behind the head of a block scalar.
        if style == .literal || style == .folded {
          start = bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? end
        }
        for index in start..<max(start, end) { isText[index] = true }
      default: continue
      }
    }
  }
  var comments: [String] = []
  var index = 0
  while index < bytes.count {
    let isAfterBlank = index == 0 || [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index - 1])
    guard bytes[index] == UInt8(ascii: "#"), isAfterBlank, !isText[index] else {
      index += 1
      continue
    }
    let end = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    var comment = bytes[index..<end]
    while let last = comment.last, last == 0x20 || last == 0x09 { comment = comment.dropLast() }
    comments.append(String(decoding: comment, as: UTF8.self))
    index = end
  }
  return comments.sorted()
}
