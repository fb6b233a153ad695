// SPDX-License-Identifier: Apache-2.0

import JSONSyntax
import Resources

extension Constraint {
  /// The rule for one value as JSON Schema; empty where it is about something else.
  func schema(ofTexts: Bool, isRequired: Bool) -> [String: JSONValue] {
    if case .oneOf(let words) = self {
      return ["enum": .array(words.map { .string($0) } + (isRequired ? [] : [.null]))]
    }
    if case .range(let range) = self {
      return ["minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
    }
    return ofTexts ? textSchema : [:]
  }

  /// The rule for a text as JSON Schema.
  var textSchema: [String: JSONValue] {
    switch self {
    case .length(let range):
      ["minLength": .integer(Int64(range.lowerBound)), "maxLength": .integer(Int64(range.upperBound))]
    // A character has one byte at least.
    case .bytes(let most): ["maxLength": .integer(Int64(most))]
    case .name(let dots):
      ["pattern": .string("^[A-Za-z\(Self.ideographs)][A-Za-z0-9:_\(dots ? "." : "")\(Self.ideographs)-]*$")]
    case .notURL: ["pattern": "^(?!https?://)"]
    case .notReserved: ["pattern": #"^(?!aliyun|acs:)(?![\s\S]*https?://)"#]
    case .version: ["pattern": #"^[0-9]+\.[0-9]+\.[0-9]+$"#]
    case .bucketName: ["pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"]
    case .tagKeys:
      ["minLength": 1, "maxLength": 128, "pattern": #"^(?!aliyun|acs:|kiln:)(?![\s\S]*https?://)"#]
    case .tagValues: ["maxLength": 128, "pattern": #"^(?!acs:)(?![\s\S]*https?://)"#]
    case .notEmpty: ["minLength": 1]
    case .oneOf, .range, .count: [:]
    }
  }

  /// The rule for the number of `things`, `Items` or `Properties`; nil where it is about something else.
  func elementsSchema(_ things: String) -> [String: JSONValue]? {
    guard case .count(let range) = self else { return nil }
    var schema: [String: JSONValue] = ["max\(things)": .integer(Int64(range.upperBound))]
    if range.lowerBound > 0 { schema["min\(things)"] = .integer(Int64(range.lowerBound)) }
    return schema
  }

  /// Chinese characters, as far as a regular expression of JavaScript without flags can name them.
  private static let ideographs = #"\u3400-\u9fff\uf900-\ufaff\ud800-\udfff"#
}
