// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Testing

@Suite struct CoreSchemaTests {
  @Test(
    arguments: [
      ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string("nULL")),
      ("true", .bool(true)), ("False", .bool(false)), ("TRUE", .bool(true)),
      ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")), ("y", .string("y")),
      ("0", .integer(0)), ("-0", .integer(0)), ("+12", .integer(12)), ("-19", .integer(-19)),
      ("012", .integer(12)), ("0o14", .integer(12)), ("0o18", .string("0o18")), ("0o", .string("0o")),
      ("0xC", .integer(12)), ("0xfF", .integer(255)), ("0x", .string("0x")), ("0xG", .string("0xG")),
      ("-0x1", .string("-0x1")), ("0b11", .string("0b11")), ("0x+1", .string("0x+1")),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .decimal(9_223_372_036_854_775_808)),
      ("0xFFFFFFFFFFFFFFFFF", .decimal(295_147_905_179_352_825_856)),
      ("1_000", .string("1_000")), ("1:30", .string("1:30")),
      ("1.5", .decimal(1.5)), ("-.5", .decimal(-0.5)), ("5.", .decimal(5)), ("1e3", .decimal(1000)),
      ("+1.25E-2", .decimal(0.0125)), (".", .string(".")), ("-", .string("-")), ("1e", .string("1e")),
      ("1.e2", .decimal(100)), (".e2", .string(".e2")), ("1.4.0", .string("1.4.0")),
      ("1.*.*", .string("1.*.*")),
      (".inf", .decimal(.infinity)), ("-.INF", .decimal(-.infinity)), (".Inf", .decimal(.infinity)),
      ("inf", .string("inf")), ("nan", .string("nan")), ("infinity", .string("infinity")),
      ("2024-05-06", .string("2024-05-06")), ("１２", .string("１２")), ("0x１", .string("0x１")),
    ] as [(String, Scalar.CoreValue)])
  func plain(_ text: String, means value: Scalar.CoreValue) {
    #expect(Scalar(text, style: .plain).coreValue == value)
  }

  @Test func notANumberIsANumber() {
    guard case .decimal(let value) = Scalar(".nan", style: .plain).coreValue else {
      Issue.record("not a decimal")
      return
    }
    #expect(value.isNaN)
  }

  @Test(arguments: [.singleQuoted, .doubleQuoted, .literal, .folded] as [Scalar.Style])
  func whatIsNotPlainIsText(style: Scalar.Style) {
    #expect(Scalar("12", style: style).coreValue == .string("12"))
  }

  @Test(
    arguments: [
      ("!!str 12", .string("12")), ("!!str", .string("")), ("!!int '12'", .integer(12)),
      ("!!float 12", .decimal(12)), ("!!bool \"true\"", .bool(true)), ("!!null ''", .null),
      ("! 12", .string("12")),
    ] as [(String, Scalar.CoreValue)])
  func tag(in text: String, decides value: Scalar.CoreValue) throws {
    let (documents, diagnostics) = compose("a: \(text)")
    #expect(documents.first?.root["a"]?.scalar?.coreValue == value)
    #expect(diagnostics.isEmpty)
    #expect(documents.first?.root["a"]?.tag == nil)
  }
}
