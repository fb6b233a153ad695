// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax

/// The language of manifests as JSON Schema draft-07, for editors and other tools.
public enum ManifestSchema {
  /// The kinds of manifest that have a schema of their own.
  public static let kinds = ManifestKind.allCases.map(\.rawValue) + ["List"]

  /// The schema of documents of `kind`; that of all kinds where it is nil.
  ///
  /// The one of all kinds takes documents that are not Kiln's as they are.
  ///
  /// - Returns: The schema, or nil where there is no such kind.
  public static func schema(of kind: String?) -> JSONValue? {
    var schema: [String: JSONValue]
    if let kind {
      guard let members = members(of: kind) else { return nil }
      schema = Form.mapping(members).schema(isRequired: true)
      schema["title"] = .string("Kiln \(kind)")
    } else {
      schema = everyKind
      schema["title"] = "Kiln manifest"
    }
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    schema["definitions"] = .object(definitions(everyKind: kind == nil || kind == "List"))
    return .object(schema)
  }

  private static func members(of kind: String) -> Members? {
    kind == "List" ? ManifestGrammar.list : ManifestKind(rawValue: kind).map(ManifestGrammar.document)
  }

  private static func definitions(everyKind: Bool) -> [String: JSONValue] {
    var definitions: [String: JSONValue] = ["replaced": .object(replaced)]
    guard everyKind else { return definitions }
    definitions["manifest"] = .object(self.everyKind)
    for kind in kinds {
      definitions[kind] = members(of: kind).map { .object(Form.mapping($0).schema(isRequired: true)) }
    }
    return definitions
  }

  /// What stands for a file or a variable where no tag can be written.
  private static let replaced: [String: JSONValue] = [
    "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
    "description": "What a file holds, as with !file, or a variable, as with !var.",
    "properties": [
      "fromFile": ["type": ["string", "object"], "description": "A path, relative to the manifest."],
      "fromVar": ["type": "string", "description": "The name of a variable of the stack."],
    ],
  ]

  /// A document of any kind, or one that is not Kiln's.
  private static let everyKind: [String: JSONValue] = {
    let isOurs: JSONValue = [
      "properties": ["apiVersion": ["pattern": .string("^" + ManifestDocument.group.escapedForPattern)]],
      "required": ["apiVersion"], "type": "object",
    ]
    // Without an apiVersion, only the kind tells that a document is meant for Kiln.
    let isMeant: JSONValue = [
      "properties": ["kind": ["enum": .array(ManifestKind.allCases.map { .string($0.rawValue) })]],
      "required": ["kind"], "not": ["required": ["apiVersion"]], "type": "object",
    ]
    let isList: JSONValue = [
      "properties": ["kind": ["const": "List"], "apiVersion": ["enum": listVersions]],
      "required": ["kind", "apiVersion"], "type": "object",
    ]
    let branches = ManifestKind.allCases.map { kind -> JSONValue in
      [
        "if": ["properties": ["kind": ["const": .string(kind.rawValue)]], "required": ["kind"]],
        "then": ["$ref": .string("#/definitions/\(kind.rawValue)")],
      ]
    }
    let ours: JSONValue = [
      "required": ["apiVersion", "kind", "metadata"],
      "properties": [
        "apiVersion": ["const": .string(ManifestDocument.apiVersion)],
        "kind": ["enum": .array(kinds.map { .string($0) })],
      ],
      "allOf": .array(branches),
    ]
    return [
      // A list in YAML is no way to write several manifests.
      "items": ["not": isOurs],
      "if": isList, "then": ["$ref": "#/definitions/List"],
      "else": ["if": ["anyOf": [isOurs, isMeant]], "then": ours],
    ]
  }()

  private static let listVersions: JSONValue = ["v1", .string(ManifestDocument.apiVersion)]
}

extension String {
  /// The text with its dots taken as such by a regular expression.
  fileprivate var escapedForPattern: String { replacing(".", with: #"\."#) }
}
