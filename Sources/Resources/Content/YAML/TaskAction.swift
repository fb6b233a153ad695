// SPDX-License-Identifier: Apache-2.0

/// What a task of the YAML form can do: one row of the service's table of actions.
public struct TaskAction: Hashable, Sendable {
  /// The types of properties.
  public enum PropertyType: String, Hashable, Sendable {
    /// A text.
    case string = "String"
    /// A number.
    case number = "Number"
    /// `true` or `false`.
    case boolean = "Boolean"
    /// Keys and values, or a text that writes them as JSON.
    case json = "Json"
  }

  /// A property that the action takes.
  public struct Property: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Its type.
    public let type: PropertyType
    /// Whether the action can't do without it.
    public let isRequired: Bool
  }

  /// Its name.
  public let name: String
  /// The only system that has it; nil where both have.
  public let system: ContentPlace.System?
  /// What it takes, in the order in which it is written.
  public let properties: [Property]
  /// The outputs that later tasks can refer to.
  public let outputs: [String]

  /// The property called `name`.
  public subscript(property name: String) -> Property? { properties.first { $0.name == name } }

  /// The action called `name`.
  public static func named(_ name: String) -> TaskAction? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The actions in the order of the service's page.
  public static let all: [TaskAction] = [
    TaskAction(
      "RunShellCommand", on: .linux, outputs: ["stdout"],
      needs: [("commandContent", .string)], takes: [("workingDir", .string), ("username", .string)]),
    TaskAction(
      "RunPowerShellCommand", on: .windows, outputs: ["stdout"],
      needs: [("commandContent", .string)],
      takes: [("workingDir", .string), ("username", .string), ("windowsPasswordName", .string)]),
    TaskAction(
      "InvokeCommand", outputs: ["stdout"],
      needs: [("commandId", .string)], takes: [("username", .string), ("parameters", .json)]),
    TaskAction(
      "OSSDownload",
      needs: [("bucketName", .string), ("objectName", .string), ("destinationDir", .string)],
      takes: [("ossRegion", .string), ("validTime", .number)]),
    TaskAction(
      "OSSUpload",
      needs: [("bucketName", .string), ("fileToUpload", .string), ("objectName", .string)],
      takes: [("ossRegion", .string), ("validTime", .number)]),
    TaskAction(
      "WebDownload",
      needs: [("sourcePath", .string), ("destinationDir", .string)],
      takes: [("tokenInfo", .string), ("timeout", .number)]),
    TaskAction("Reboot", takes: [("forceStop", .boolean)]),
  ]

  private init(
    _ name: String, on system: ContentPlace.System? = nil, outputs: [String] = [],
    needs: [(String, PropertyType)] = [], takes: [(String, PropertyType)]
  ) {
    self.name = name
    self.system = system
    self.outputs = outputs
    properties =
      needs.map { Property(name: $0.0, type: $0.1, isRequired: true) }
      + takes.map { Property(name: $0.0, type: $0.1, isRequired: false) }
  }
}

/// The types of a component's parameters.
public enum ParameterType: String, Hashable, Sendable, CaseIterable {
  /// A text.
  case string = "String"
  /// A number.
  case number = "Number"
  /// `true` or `false`.
  case boolean = "Boolean"

  /// Whether `value`, as text, is of the type.
  public func admits(_ value: String) -> Bool {
    switch self {
    case .string: true
    case .number: value.isDecimalNumber
    case .boolean: value.asBoolean != nil
    }
  }
}

extension String {
  /// Whether the text writes a decimal number: digits, perhaps with sign, fraction and exponent.
  var isDecimalNumber: Bool {
    var rest = utf8[...]
    func takeSign() { if rest.first == Byte.dash || rest.first == Byte.plus { rest.removeFirst() } }
    func takeDigits() -> Bool {
      let count = rest.prefix(while: \.isDigit).count
      rest = rest.dropFirst(count)
      return count > 0
    }
    takeSign()
    guard takeDigits() else { return false }
    if rest.first == Byte.dot {
      rest.removeFirst()
      guard takeDigits() else { return false }
    }
    if let letter = rest.first, letter.uppercased == UInt8(ascii: "E") {
      rest.removeFirst()
      takeSign()
      guard takeDigits() else { return false }
    }
    return rest.isEmpty
  }

  /// The truth value that the text writes in YAML 1.2.
  var asBoolean: Bool? {
    switch self {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }
}
