// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Where a content's text stands, so that a place in the text can be shown in the file that holds it.
struct ContentOrigin {
  private enum Text {
    case manifest(Node, SourceFile)
    case file(String)
    /// The text stands in no file as it is, being made from tasks or a variable.
    case made
  }

  private let text: Text
  private let place: Location

  /// The origin of the text of `node`, the value of a field that stands at `place`.
  init(_ node: Node?, of place: Location, in expansion: Expansion) {
    self.place = place
    if let node, let path = expansion.files[node.range] {
      text = .file(path)
    } else if let node, !expansion.variableUses.contains(node.range), !node.range.isBeyond {
      text = .manifest(node, expansion.source)
    } else {
      text = .made
    }
  }

  /// Reports what the service would refuse in `content`; size and presence are the field table's affair.
  func report(_ content: ContentText, at use: ContentPlace, into problems: inout Problems) {
    for violation in content.violations(at: use)
    where violation.check != .size && violation.check != .present {
      problems.report(violation.diagnostic(at: location(of: violation.byteRange, in: content.text)))
    }
  }

  private func location(of bytes: Range<Int>, in content: String) -> Location {
    switch text {
    case .manifest(let node, let source):
      guard let map = ScalarSourceMap(node, in: SourceLines(source)) else { return place }
      return Location(file: place.file, range: map.range(ofUTF8: bytes))
    case .file(let path):
      return Location(
        file: path,
        range: SourceRange(
          content.mark(atUTF8Offset: bytes.lowerBound), content.mark(atUTF8Offset: bytes.upperBound)))
    case .made:
      return place
    }
  }
}

extension ContentViolation {
  /// The violation as a diagnostic, with the code that the service would answer.
  func diagnostic(at location: Location) -> Diagnostic {
    let answer = "the service would answer \(code)"
    return Diagnostic(
      .error, rule: "invalid-content", message, at: location, hint: hint.map { "\($0); \(answer)" } ?? answer)
  }
}

extension DecodedSteps {
  /// Reports what the service would refuse in the content that the steps make, each at its step if it is one's own.
  func reportContent(at place: Location, into problems: inout Problems) {
    // An id is as long as the service's own, so that the size is the one that is sent.
    let content = composition.rendered { _ in "ic-00000000000000000000" }
    // Each step has been read by itself; what is left to judge is how much they are together.
    guard
      content.utf8.count > ContentCheck.maximumSize
        || composition.pieces.count > ContentCheck.maximumCommands
    else { return }
    for violation in contentViolations(content, place: isTest ? .test : .build) {
      problems.report(violation.diagnostic(at: place))
    }
  }
}

extension String {
  /// The place of the character at an offset in UTF-8.
  fileprivate func mark(atUTF8Offset offset: Int) -> Mark {
    let before = utf8.prefix(offset)
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { utf8.index(after: $0) } ?? startIndex
    let column = String(before[start...])?.unicodeScalars.count ?? 0
    return Mark(line: line, column: column + 1)
  }
}
