// SPDX-License-Identifier: Apache-2.0

import Resources

/// How a field's difference weighs.
enum DifferenceWeight {
  /// The object is not what is asked for.
  case real
  /// The service may have rewritten the value: alone, under an equal digest, only worth a warning.
  case perhapsRewritten
  /// The service may have chosen the value: it counts only when the manifest has changed.
  case perhapsChosen
}

struct Difference {
  let change: FieldChange
  let weight: DifferenceWeight
}

/// The immutable fields in which `observed` is not what `desired` asks for, through the equalities of
/// reference §9.
///
/// - Parameter contents: What is compared in place of a content field: observed and desired, by field name.
func differences<Root: FieldTabled>(
  desired: Root, observed: Root, contents: [String: (observed: String?, desired: String?)] = [:],
  sensitive: Set<String>
) -> [Difference] {
  var found: [Difference] = []
  for field in Root.fields where field.change != .updatesInPlace {
    var wanted = field.canonical(field.read(desired))
    var present = field.canonical(field.read(observed))
    if let content = contents[field.name] {
      wanted = content.desired.map(FieldValue.text)
      present = content.observed.map(FieldValue.text)
    } else if case .text(let text)? = wanted, field.isContent {
      wanted = .text(text.normalizedContent)
    }
    if case .text(let text)? = present, field.isContent { present = .text(text.normalizedContent) }
    if case .integer(0)? = present, field.name == "systemDiskSize" { present = nil }
    guard wanted != present else { continue }
    if field.change == .identifies, wanted == nil { continue }
    let weight: DifferenceWeight =
      switch field.echo {
      case .faithful, .unordered: .real
      case .rewritten: .perhapsRewritten
      case .chosenByService: wanted == nil ? .perhapsChosen : .real
      }
    found.append(
      Difference(
        change: FieldChange(
          field.name, from: field.read(observed), to: field.read(desired), forcesReplacement: true,
          isSensitive: sensitive.contains(field.name)),
        weight: weight))
  }
  return found
}

extension Field {
  var isContent: Bool { ["content", "buildContent", "testContent"].contains(name) }
}

extension String {
  /// The content with LF line ends, without a trailing newline and without a leading FROM line, which the
  /// service once wrote there (reference §9).
  var normalizedContent: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasSuffix("\r") ? line.dropLast() : line
    }
    if let first = lines.first, first.hasPrefix("FROM ") { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
