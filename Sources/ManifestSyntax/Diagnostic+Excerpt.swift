// SPDX-License-Identifier: Apache-2.0

extension Diagnostic {
  /// The columns that a shown source line may fill, its line number included.
  private static let width = 80

  /// The diagnostic as people read it, without a line break at the end.
  ///
  /// The first line, `path:line:column: error: message [rule]`, is what editors and CI systems recognise. The source
  /// line with carets under the place follows, the same for related places, and the hint. `source` gives a file by its path;
  /// without one, or when the place is not in it, the excerpt is left out; so is one that might show a secret.
  public func rendered(source: (String) -> SourceFile?, colour: Bool) -> String {
    var lines = [heading(colour: colour)]
    if let location, !hidesText {
      lines += Self.excerpt(at: location, of: source, in: severity.colour, colour: colour)
    }
    for related in related {
      let label = Colour.cyan.paint("note:", colour)
      lines.append(
        "\(related.location.description.withVisibleControls): \(label) \(related.message.withVisibleControls)"
      )
      lines += Self.excerpt(at: related.location, of: source, in: .cyan, colour: colour)
    }
    if let hint { lines.append("\(Colour.green.paint("hint:", colour)) \(hint.withVisibleControls)") }
    return lines.joined(separator: "\n")
  }

  private func heading(colour: Bool) -> String {
    let place = location.map { "\($0.description.withVisibleControls): " } ?? ""
    let label = severity.colour.paint("\(severity.rawValue):", colour)
    return "\(Colour.bold.paint(place, colour))\(label) \(message.withVisibleControls) [\(rule)]"
  }

  private static func excerpt(
    at location: Location, of source: (String) -> SourceFile?, in paint: Colour, colour: Bool
  ) -> [String] {
    let (start, end) = (location.range.start, location.range.end)
    guard let line = source(location.file).flatMap({ SourceLines($0)[Int(start.line)] }) else { return [] }
    let number = String(start.line)
    let margin = String(repeating: " ", count: number.count)
    let excerpt = Excerpt(
      of: line, from: Int(start.column), to: end.line == start.line ? Int(end.column) : nil,
      width: width - number.count - 4)
    return [" \(number) | \(excerpt.text)", " \(margin) | \(paint.paint(excerpt.underline, colour))"]
  }
}

/// The colours of diagnostics, as terminals are told of them.
private enum Colour: String {
  case bold = "1"
  case red = "1;31"
  case green = "1;32"
  case yellow = "1;33"
  case cyan = "1;36"

  func paint(_ text: String, _ isOn: Bool) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension Diagnostic.Severity {
  fileprivate var colour: Colour {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }
}
