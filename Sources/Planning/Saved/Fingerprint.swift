// SPDX-License-Identifier: Apache-2.0

public import Resources

/// A short hash of everything that Kiln sees of an object: two equal ones mean that it has not moved.
public struct Fingerprint: Hashable, Sendable {
  /// 40 hexadecimal digits.
  public let text: String

  /// The fingerprint that a saved plan holds.
  public init(recorded text: String) {
    self.text = text
  }

  /// The fingerprint of `object`.
  public init(of object: ObservedResource) {
    var canonical = CanonicalBytes()
    canonical.append(object.id)
    canonical.append(object.resource.kind.rawValue)
    switch object.resource {
    case .component(let component): canonical.append(allFieldsOf: component)
    case .pipeline(let pipeline): canonical.append(allFieldsOf: pipeline)
    }
    text = String(SpecDigest(over: canonical).text.dropFirst(SpecDigest.format.count + 1))
  }
}

extension CanonicalBytes {
  fileprivate mutating func append<Root: FieldTabled>(allFieldsOf root: Root) {
    var root = root
    for field in Root.fields {
      guard let value = field.read(from: &root) else { continue }
      append(field.name)
      append(value)
    }
  }
}
