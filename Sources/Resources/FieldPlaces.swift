// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// Places by the names of fields: few enough that a walk along them is quicker than hashing.
public struct FieldPlaces: Hashable, Sendable {
  private struct Element: Hashable, Sendable {
    let name: String
    var range: SourceRange
    /// The file, where it is not the manifest's own; nearly always it is, and then costs nothing to keep.
    var otherFile: String?
  }

  private let file: String
  private var elements: [Element] = []

  /// No places yet of a resource that is described in `file`.
  public init(in file: String) {
    self.file = file
  }

  /// The place of the field `name`.
  public subscript(name: String) -> Location? {
    get { elements.first { $0.name == name }.map(location) }
    set {
      elements.removeAll { $0.name == name }
      guard let newValue else { return }
      let otherFile = newValue.file == file ? nil : newValue.file
      elements.append(Element(name: name, range: newValue.range, otherFile: otherFile))
    }
  }

  /// Adds the field `name`, which has no place yet, at `range` of the manifest's own file.
  mutating func append(_ name: String, at range: SourceRange) {
    elements.append(Element(name: name, range: range, otherFile: nil))
  }

  /// Adds `places`, of fields that are parts of the field `name`.
  mutating func append(_ places: FieldPlaces, under name: String) {
    for element in places.elements { self["\(name).\(element.name)"] = places.location(of: element) }
  }

  /// The same fields at the places that `lead` gives for theirs.
  public func mapped(_ lead: (Location) -> Location) -> FieldPlaces {
    var places = FieldPlaces(in: file)
    for element in elements { places[element.name] = lead(location(of: element)) }
    return places
  }

  /// Makes room for so many.
  mutating func reserveCapacity(_ count: Int) { elements.reserveCapacity(count) }

  private func location(of element: Element) -> Location {
    Location(file: element.otherFile ?? file, range: element.range)
  }
}
