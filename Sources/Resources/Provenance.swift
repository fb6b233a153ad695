// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// Where the fields of a resource stand in the manifests, and which of them must not be shown.
public struct Provenance: Hashable, Sendable {
  /// Where the resource is described: its `metadata.name`.
  public let location: Location
  /// Where each field that is set stands, by its name in the table.
  public var fields = FieldPlaces()
  /// Names of the fields whose value came from a sensitive variable.
  public var sensitive: Set<String> = []
  /// Names of the fields that are given, but could not be read: what is said of their values would be noise.
  public var unreadable: Set<String> = []

  /// A resource described at `location`, nothing known of its fields yet.
  public init(location: Location) {
    self.location = location
  }

  /// The place of `field`, or of the nearest thing around it.
  public func place(of field: String) -> Location {
    var name = Substring(field)
    while true {
      if let place = fields[String(name)] { return place }
      guard let cut = name.lastIndex(where: { $0 == "." || $0 == "[" }) else { return location }
      name = name[..<cut]
    }
  }

  /// Whether a rule about `field` can be told: neither the field, nor anything in or around it, was unreadable.
  public func isReadable(_ field: String) -> Bool {
    unreadable.allSatisfy { name in
      name != field && !name.isPart(of: field) && !field.isPart(of: name)
    }
  }
}

/// Places by the names of fields: few enough that a walk along them is quicker than hashing.
public struct FieldPlaces: Hashable, Sendable, Sequence {
  /// One field and its place.
  public struct Element: Hashable, Sendable {
    /// The field's name in the table.
    public let name: String
    /// Where its value stands.
    public var location: Location
  }

  private var elements: [Element] = []

  /// No places yet.
  public init() {}

  /// The place of the field `name`.
  public subscript(name: String) -> Location? {
    get { elements.first { $0.name == name }?.location }
    set {
      let index = elements.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let place?): elements[index].location = place
      case (let index?, nil): elements.remove(at: index)
      case (nil, let place?): elements.append(Element(name: name, location: place))
      case (nil, nil): break
      }
    }
  }

  /// The same fields at the places that `lead` gives for theirs.
  public func mapped(_ lead: (Location) -> Location) -> FieldPlaces {
    var places = self
    for index in places.elements.indices {
      places.elements[index].location = lead(places.elements[index].location)
    }
    return places
  }

  /// Makes room for so many.
  public mutating func reserveCapacity(_ count: Int) { elements.reserveCapacity(count) }

  /// Goes through the fields in the order of the text.
  public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension String {
  /// Whether the field of this name stands inside of the field `whole`.
  fileprivate func isPart(of whole: String) -> Bool {
    hasPrefix(whole) && [".", "["].contains(dropFirst(whole.count).first)
  }
}
