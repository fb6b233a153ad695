// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Every row of the service's validation table has a marked example, for each kind of content that it is about.
///
/// The examples are those of `ContentRule.all`: ContentRuleTests holds our reading of them against place and code,
/// and EmulatedCloudTests asks the service about the same ones over the wire.
struct ServiceTableTests {
  /// A row of the table: the codes for components, and those for pipelines.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let component: [String]
    let build: [String]
    var test: [String]?
  }

  private static let words = ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"]
  private static let empty = words.map { "EmptyCommandContent.\($0)" }
  private static let malformed = words.filter { $0 != "LABEL" }.map { "InvalidCommandContent.\($0)" }
  private static let from = ["DuplicatedCommand", "InvalidCommandOrder", "InvalidCommandContent"].map {
    "\($0).FROM"
  }

  static let rows: [Row] = [
    Row(testDescription: "content present", component: ["MissingParameter.Content"], build: []),
    Row(
      testDescription: "size", component: ["InvalidContent.LengthExceeded"],
      build: ["InvalidBuildContent.LengthExceeded"], test: ["InvalidParameter.TestContent"]),
    same("at most 127 commands", ["InvalidImageTemplateCommandSize.ExceededMaxNumber"]),
    same("known command word", ["InvalidImageTemplateCommand.NotSupported"]),
    Row(testDescription: "no COMPONENT in a component", component: ["InvalidCommand.Component"], build: []),
    Row(testDescription: "no FROM in a component", component: ["NotSupportedCommand.FROM"], build: []),
    Row(testDescription: "FROM once, first, well-formed", component: [], build: from),
    same("argument present", empty),
    same("argument well-formed", malformed),
    same("RESTART has no argument", ["NotEmptyCommandContent.RESTART"]),
    Row(
      testDescription: "anything else", component: ["InvalidParameter.Content"],
      build: ["InvalidParameter.BuildContent"], test: ["InvalidParameter.TestContent"]),
    Row(
      testDescription: "Dockerfile content for Windows", component: ["InvalidParameter.Content"], build: []),
  ]

  private static func same(_ what: String, _ codes: [String]) -> Row {
    Row(testDescription: what, component: codes, build: codes, test: codes)
  }

  @Test(arguments: rows) func everyRowHasAnExample(_ row: Row) {
    for (place, codes) in [
      (ContentPlace.component(.linux), row.component), (.build, row.build), (.test, row.test ?? []),
    ] {
      for code in codes {
        let examples = ContentRule.all.flatMap(\.wrong).filter {
          $0.code == code && $0.context.place.isLike(place)
        }
        #expect(!examples.isEmpty, "no example of \(code) at \(place)")
        #expect(examples.allSatisfy { $0.marked.contains("▸") }, "an example of \(code) shows no place")
      }
    }
  }

  @Test func noExampleHasACodeThatTheTableLacks() {
    let known = Set(Self.rows.flatMap { $0.component + $0.build + ($0.test ?? []) })
    #expect(Set(ContentRule.all.flatMap(\.wrong).compactMap(\.code)).subtracting(known) == [])
  }

  @Test func windowsIsAmongTheExamples() {
    let examples = ContentRule.all.flatMap(\.wrong).filter { $0.context.place == .component(.windows) }
    #expect(examples.contains { $0.code == "InvalidParameter.Content" && $0.text.hasPrefix("RUN") })
  }
}

extension ContentPlace {
  /// Whether both are of the same kind of content.
  fileprivate func isLike(_ other: ContentPlace) -> Bool {
    switch (self, other) {
    case (.component, .component), (.build, .build), (.test, .test): true
    case (.component, _), (.build, _), (.test, _): false
    }
  }
}
