// SPDX-License-Identifier: Apache-2.0

import Resources
import TestSupport
import Testing

@testable import Planning

@Suite struct MarkdownTests {
  @Test(arguments: [
    ("plain", "`plain`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("", "`  `"),
    ("two\nlines", "`two␊lines`"),
    ("a|b", "`a|b`"),
  ])
  func codeEndsWhereItShould(_ text: String, _ expected: String) {
    #expect(Markdown.code(text) == expected)
  }

  @Test(arguments: [
    ("it is *bold*", "it is \\*bold\\*"), ("<b>&amp;", "\\<b\\>\\&amp;"), ("ask @team", "`ask @team`"),
    ("nginx@1.0.0 is new", "nginx@1.0.0 is new"), ("[x](y)", "\\[x\\](y)"),
  ])
  func nothingInASentenceIsMarkup(_ text: String, _ expected: String) {
    #expect(Markdown.sentence(text) == expected)
  }

  @Test func aBarEndsNoCell() {
    #expect(Markdown.cell("`a|b`") == "`a\\|b`")
    #expect(Markdown.cell(Markdown.sentence("a|b")) == "a\\|b")
  }

  @Test func noLineOfABlockEndsItsFence() {
    let block = Markdown.fenced(["```", "````sh", "RUN true"], language: "diff")
    #expect(block.hasPrefix("`````diff\n"))
    #expect(block.hasSuffix("\n`````"))
  }
}

@Suite struct MarkdownCommentTests {
  @Test func whatHasNoRoomIsLeftOutWhole() {
    var comment = MarkdownComment(marker: "<!-- m -->", limit: 1_400)
    let lines = (1...100).map { "line \($0) 中文" }
    let first = comment.addDetails("all", lines, language: "diff")
    #expect(first)
    #expect(comment.text.contains("more lines are left out"))
    #expect(comment.text.utf16.count <= 1_400)
    #expect(fencesAreClosed(in: comment.text))
    let second = comment.addDetails("more", lines, language: "diff")
    #expect(!second, "there is no room even for a few lines")
    comment.addNote("Something is left out.")
    #expect(comment.text.utf16.count <= 1_400)
    #expect(comment.text.hasSuffix("> Something is left out.\n"))
  }

  @Test func aSectionLeavesTheOthersTheirShare() {
    var comment = MarkdownComment(marker: "<!-- m -->", limit: 8_000)
    let lines = (1...2_000).map { "line \($0)" }
    for section in 0..<3 {
      comment.section(followedBy: 2 - section) { part in
        let isAdded = part.addDetails("section \(section)", lines, language: "diff")
        #expect(isAdded)
      }
    }
    #expect(comment.text.utf16.count <= 8_000)
    for section in 0..<3 { #expect(comment.text.contains("section \(section)")) }
    #expect(fencesAreClosed(in: comment.text))
  }

  @Test func theMarkerComesFirst() {
    let comment = MarkdownComment(about: .plan, stack: "gi-1", target: "prod")
    #expect(comment.text == "<!-- kiln:plan stack=gi-1 target=prod -->\n")
  }

  @Test func whatGoesIsNamedByItsOwnVersion() throws {
    func desired(_ content: String) -> DesiredState {
      var component = ImageComponent()
      component.content = content
      return DesiredState(
        stack: World.stack,
        components: [
          DesiredComponent(
            name: "app", versionRule: .automatic, resource: component, provenance: World.nowhere)
        ], pipelines: [])
    }
    let plan = Plan(from: try World.applied(desired("RUN one\n")), to: desired("RUN two\n"))
    var comment = MarkdownComment(about: .plan, stack: "gi-test", target: "local")
    comment.add(plan)
    #expect(comment.text.contains("1 object will be deleted: `component/app@1.0.0 (ic-1)`"))
    #expect(comment.text.contains("`component/app@1.0.1`"))
  }

  /// Thousands of changes fill a comment to its limit, and it says what is not in it.
  @Test(arguments: [1, 40, 400, 4_000])
  func aPlanOfAnySizeFits(_ count: Int) {
    let components = (0..<count).map { number in
      var component = ImageComponent()
      component.content = String(repeating: "RUN echo \(number)\n", count: 20)
      return DesiredComponent(
        name: "component-\(number)", versionRule: .automatic, resource: component, provenance: World.nowhere)
    }
    let desired = DesiredState(
      stack: StackIdentity(id: "gi-1", name: "many", target: "local"), components: components, pipelines: [])
    let plan = Plan(from: ObservedState(owned: []), to: desired)
    var comment = MarkdownComment(about: .plan, stack: "gi-1", target: "local")
    comment.add(plan)
    #expect(comment.text.utf16.count <= MarkdownComment.limit)
    #expect(fencesAreClosed(in: comment.text))
    #expect(comment.text.contains("**Plan: \(count) to add, 0 to change, 0 to destroy.**"))
    let details = comment.text.split(separator: "<details>").count - 1
    if details < count {
      #expect(comment.text.contains("the details of \(count - details) of \(count) resources"))
    } else {
      #expect(!comment.text.contains("Left out"))
    }
    let rows = comment.text.split(separator: "\n").count { $0.hasPrefix("| `+`") }
    #expect(rows == count || comment.text.contains("\(count - rows) of \(count) rows of the table"))
  }

  private func fencesAreClosed(in text: String) -> Bool {
    var open: Substring?
    for line in text.split(separator: "\n") where line.hasPrefix("```") {
      let fence = line.prefix { $0 == "`" }
      if let begun = open {
        if line == begun { open = nil }
      } else {
        open = fence
      }
    }
    let details = text.split(separator: "<details>").count, ends = text.split(separator: "</details>").count
    return open == nil && (details == ends || details == ends + 1 || details + 1 == ends)
  }
}
