// SPDX-License-Identifier: Apache-2.0

/// What a `COMPONENT` command names a component by.
public enum ComponentHandle: Hashable, Sendable {
  /// A component by its id, `ic-bp1example`.
  case id(String)
  /// A component by account, name and version; the service takes the newest version that the pattern admits.
  case arn(ComponentARN)

  /// The reference that `text` writes, an id or an ARN.
  public init?(_ text: String) {
    let bytes = text.utf8
    if bytes.starts(with: "ic-".utf8) {
      let rest = bytes.dropFirst(3)
      guard !rest.isEmpty, rest.allSatisfy({ $0.isWordByte || $0 == Byte.dash }) else { return nil }
      self = .id(text)
    } else if let arn = ComponentARN(text) {
      self = .arn(arn)
    } else {
      return nil
    }
  }
}

extension ComponentHandle: CustomStringConvertible {
  /// The reference as `COMPONENT` takes it.
  public var description: String {
    switch self {
    case .id(let id): id
    case .arn(let arn): arn.description
    }
  }
}

/// A component's resource name: `acs:ecs:REGION:ACCOUNT:imagecomponent/NAME/VERSION`.
public struct ComponentARN: Hashable, Sendable {
  /// The region that holds the component.
  public let region: String
  /// The account that owns it.
  public let account: String
  /// The component's name.
  public let name: String
  /// Its version, in which `*` leaves a number open.
  public let version: VersionPattern

  /// The resource name made of these parts.
  public init(region: String, account: String, name: String, version: VersionPattern) {
    self.region = region
    self.account = account
    self.name = name
    self.version = version
  }

  /// The resource name that `text` writes.
  ///
  /// Before the version both `/` and `:` are taken, as the service's own pages show both; `/` is written.
  public init?(_ text: String) {
    let fields = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
    guard fields.count == 5, fields[0] == "acs", fields[1] == "ecs", !fields[2].isEmpty, !fields[3].isEmpty,
      fields[4].utf8.starts(with: "imagecomponent/".utf8)
    else { return nil }
    let rest = fields[4].dropFirst("imagecomponent/".count)
    guard let separator = rest.lastIndex(where: { $0 == "/" || $0 == ":" }), separator != rest.startIndex,
      let version = VersionPattern(rest[rest.index(after: separator)...])
    else { return nil }
    self.init(
      region: String(fields[2]), account: String(fields[3]), name: String(rest[..<separator]),
      version: version)
  }
}

extension ComponentARN: CustomStringConvertible {
  /// The resource name with `/` before the version.
  public var description: String { "acs:ecs:\(region):\(account):imagecomponent/\(name)/\(version)" }
}

/// A parameter that a `COMPONENT` command hands to its component: `--name value`.
public struct ComponentArgument: Hashable, Sendable {
  /// The parameter's name, without the dashes.
  public let name: String
  /// The value, as text.
  public let value: String

  /// The parameter `name` with `value`.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
