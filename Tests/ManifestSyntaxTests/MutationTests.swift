// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import TestSupport
import Testing

/// Damaged manifests: whatever happens to the bytes, they are read or refused, and every place is in the file.
@Suite struct MutationTests {
  private static let manifest = """
    # A stack of two things.
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: ImageComponent
    metadata: {name: nginx, labels: &labels {team: "web\\u00e9", tier: 'it''s'}}
    spec:
      <<: [*labels, {x: !!int 3}]
      version: 1.4.0
      content: |
        RUN yum install -y nginx
          RUN echo 中文

      more: >-
        folded
        text

          kept
      script: !file scripts/install.sh
      "quoted \\
        key": [1, 0x2, ~, .inf,
          plain
          text]
    ---
    kind: Stack
    spec: {id: gi-7f3k9q, targets: [{name: prod}, *none]}
    """

  private static let telling: [UInt8] =
    Array("{}[]:,&*!|>'\"%@`#-?~\\<> \n\t\r0a".utf8) + [0, 0x1B, 0x80, 0xC3, 0xE2, 0xFF]

  @Test(arguments: 0..<1500 as Range<UInt64>)
  func damagedBytesAreReadOrRefused(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = Array(Self.manifest.utf8)
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let byte = Self.telling.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: bytes[place...].prefix(30), at: place)
      default: bytes.removeSubrange(place..<min(place + 30, bytes.count - 1))
      }
    }
    let source = SourceFile(path: "test.yaml", bytes: bytes)
    let lines = SourceLines(source)
    var problems = Problems()
    let documents = composeDocuments(source, into: &problems)

    for diagnostic in problems.sorted {
      #expect(isPlace(diagnostic.location, in: lines), "\(diagnostic) with seed \(seed)")
      #expect(
        diagnostic.related.allSatisfy { isPlace($0.location, in: lines) }, "\(diagnostic) with seed \(seed)")
      #expect(diagnostic.rendered(source: { _ in source }, colour: false).contains("\n"))
    }
    for document in documents { expectMaps(of: document.root, in: lines, seed: seed) }
  }

  private func isPlace(_ location: Location?, in lines: SourceLines) -> Bool {
    guard let location, let line = lines[Int(location.range.start.line)] else { return false }
    // One past the last character, where a line ends too early.
    return location.range.start.column <= String(decoding: line, as: UTF8.self).unicodeScalars.count + 1
  }

  private func expectMaps(of node: Node, in lines: SourceLines, seed: UInt64) {
    switch node.content {
    case .scalar(let scalar):
      #expect(ScalarSourceMap(node, in: lines) != nil, "\(scalar) at \(node.range.outline) with seed \(seed)")
    case .sequence(let elements): for element in elements { expectMaps(of: element, in: lines, seed: seed) }
    case .mapping(let entries): for entry in entries { expectMaps(of: entry.value, in: lines, seed: seed) }
    }
  }
}
