// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

/// A text in which placeholders stand for sensitive values.
struct MaskedText {
  private enum Part {
    case plain(String)
    case secret(Placeholder)
  }

  // Two characters for private use, which no content that the service takes has any need of. All is sought by scalars: a
  // combining mark behind a value would make another character of the value's last.
  static let opening: Unicode.Scalar = "\u{E000}"
  private static let closing: Unicode.Scalar = "\u{E001}"

  private var parts: [Part]

  init(_ text: String) {
    parts = [.plain(text)]
  }

  /// Reads what ``text`` wrote.
  init(masked text: String) {
    parts = []
    let pieces = text.unicodeScalars.split(separator: MaskedText.opening, omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() {
      guard index > 0, let end = piece.firstIndex(of: MaskedText.closing),
        let cut = piece[..<end].firstIndex(of: " "), let indent = Int(String(piece[..<cut]))
      else {
        parts.append(.plain(String(piece)))
        continue
      }
      parts.append(.secret(Placeholder(name: String(piece[piece.index(after: cut)..<end]), indent: indent)))
      parts.append(.plain(String(piece[piece.index(after: end)...])))
    }
  }

  /// Puts `placeholder` wherever `value` stands.
  mutating func mask(_ placeholder: Placeholder, _ value: String) {
    let written = placeholder.written(value)
    parts = parts.flatMap { part -> [Part] in
      guard case .plain(let text) = part, text.holds(written) else { return [part] }
      let pieces = text.unicodeScalars.split(
        separator: written.unicodeScalars, omittingEmptySubsequences: false)
      return Array(pieces.map { [Part.plain(String($0))] }.joined(separator: [.secret(placeholder)]))
    }
  }

  /// The text, a mark with the name of the value in place of each.
  var text: String {
    parts.map { part in
      switch part {
      case .plain(let text): text
      case .secret(let place): "\(MaskedText.opening)\(place.indent) \(place.name)\(MaskedText.closing)"
      }
    }.joined()
  }

  /// The variables whose values it holds.
  var names: Set<String> {
    Set(parts.compactMap { if case .secret(let place) = $0 { place.name } else { nil } })
  }

  /// What stands between the placeholders.
  var plainParts: [String] {
    parts.compactMap { if case .plain(let text) = $0 { text } else { nil } }
  }

  /// The text with the values put back.
  func revealed(_ values: [String: String]) -> String {
    parts.map { part in
      switch part {
      case .plain(let text): text
      case .secret(let place): values[place.name].map(place.written) ?? ""
      }
    }.joined()
  }
}

/// Where a sensitive value stood.
struct Placeholder {
  /// The variable's name.
  let name: String
  /// How deep the value's lines after the first stood.
  let indent: Int

  func written(_ value: String) -> String {
    indent == 0 ? value : value.replacing("\n", with: "\n" + String(repeating: " ", count: indent))
  }
}

extension FieldValue {
  /// Whether a placeholder stands for a sensitive value in it.
  var isMasked: Bool { texts.contains { $0.unicodeScalars.contains(MaskedText.opening) } }
}

extension StringProtocol {
  /// Whether `other` stands in the text, whatever combines with its last character.
  func holds(_ other: some StringProtocol) -> Bool {
    Substring(self).unicodeScalars.contains(Substring(other).unicodeScalars)
  }
}

extension JSONValue {
  /// The value with `change` applied to each of its texts.
  func mappingTexts(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let elements): .array(elements.map { $0.mappingTexts(change) })
    case .object(let members): .object(members.mapValues { $0.mappingTexts(change) })
    case .null, .bool, .integer, .decimal: self
    }
  }
}
