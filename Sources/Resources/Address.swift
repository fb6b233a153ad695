// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

/// The two kinds of resource that Kiln manages.
public enum ResourceKind: String, Hashable, Sendable, Comparable, CaseIterable {
  /// An image component.
  case component
  /// An image pipeline.
  case pipeline

  /// The kind as manifests write it.
  public var manifestKind: String {
    switch self {
    case .component: "ImageComponent"
    case .pipeline: "ImagePipeline"
    }
  }

  /// Components first, since pipelines refer to them.
  public static func < (left: ResourceKind, right: ResourceKind) -> Bool {
    left == .component && right == .pipeline
  }
}

/// How plans and messages name a resource: `component/nginx@1.4.0`, `pipeline/web-base`.
public struct Address: Hashable, Comparable, Sendable {
  /// The kind.
  public let kind: ResourceKind
  /// `metadata.name`.
  public let name: String
  /// A component's version; nil for pipelines and for components whose version is not yet chosen.
  public let version: Version?

  /// The address of `name`, a component in `version` or a pipeline.
  public init(_ kind: ResourceKind, _ name: String, version: Version? = nil) {
    self.kind = kind
    self.name = name
    self.version = version
  }

  /// Components first, then by name, then by version.
  public static func < (left: Address, right: Address) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if left.name != right.name { return left.name < right.name }
    switch (left.version, right.version) {
    case (nil, nil), (.some, nil): return false
    case (nil, .some): return true
    case (.some(let first), .some(let second)): return first < second
    }
  }

  /// The address without a version, as the tag `kiln:address` holds it.
  public var unversioned: String { "\(kind.rawValue)/\(name)" }
}

extension Address: CustomStringConvertible {
  /// The address as text.
  public var description: String {
    if let version { "\(unversioned)@\(version)" } else { unversioned }
  }
}

extension Address {
  /// Whether a resource may have this name: it is 1 to 100 characters, none of them a space, `/` or `@`, or one that
  /// would hide or steer a terminal.
  public static func isName(_ name: some StringProtocol) -> Bool {
    (1...100).contains(name.unicodeScalars.count)
      && name.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "/", "@": false
        // The answer for nearly all characters, which the tables of Unicode take much longer to give.
        case "!"..."~": true
        default: !scalar.isHidden && !scalar.properties.isWhitespace
        }
      }
  }

  /// The address that `text` writes: `component/NAME`, `component/NAME@VERSION` or `pipeline/NAME`.
  public init?(_ text: String) {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let kind = ResourceKind(rawValue: String(halves[0])) else { return nil }
    let parts = halves[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard Address.isName(parts[0]) else { return nil }
    guard parts.count == 2 else {
      self.init(kind, String(halves[1]))
      return
    }
    guard kind == .component, let version = Version(String(parts[1])) else { return nil }
    self.init(kind, String(parts[0]), version: version)
  }
}
