// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax

/// Where the fields of a resource stand in the manifests, and which of them must not be shown.
public struct Provenance: Hashable, Sendable {
  /// Where the resource is described: its `metadata.name`.
  public let location: Location
  /// Where each field that is set stands, by its name in the table.
  public var fields: FieldPlaces
  /// Names of the fields whose value came from a sensitive variable.
  public var sensitive: Set<String> = []
  /// Names of the fields that are given, but could not be read: what is said of their values would be noise.
  public var unreadable: Set<String> = []

  /// A resource described at `location`, nothing known of its fields yet.
  public init(location: Location) {
    self.location = location
    fields = FieldPlaces(in: location.file)
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

extension String {
  /// Whether the field of this name stands inside of the field `whole`.
  fileprivate func isPart(of whole: String) -> Bool {
    hasPrefix(whole) && [".", "["].contains(dropFirst(whole.count).first)
  }
}
