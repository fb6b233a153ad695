// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension MarkdownComment {
  /// Adds a section about `plan`: what goes first, then a table of all that happens, then each change in full.
  public mutating func add(_ plan: Plan) {
    _ = add(
      "### Kiln plan: stack \(Markdown.code(plan.stack.name)), target \(Markdown.code(plan.stack.target))")
    _ = add(plan.markdownVerdict)
    addLosses(of: plan)
    addDiagnostics(plan.refusals.map(\.diagnostic) + plan.warnings)
    let changes = plan.changesByWeight
    let rows = addTable(of: changes)
    addDeferrals(of: plan)
    var shownDetails = 0
    let changed = plan.changedAddresses
    let withDetails = changes.filter { !PlanTextWriter(change: $0, changed: changed).diffLines.isEmpty }
    for change in withDetails {
      let writer = PlanTextWriter(change: change, changed: changed)
      let summary =
        "<code>\(change.action.symbol)</code> <code>\(Markdown.html(change.address.description))</code> "
        + Markdown.html(writer.what)
      guard addDetails(summary, writer.diffLines, language: "diff") else { break }
      shownDetails += 1
    }
    var missing: [String] = []
    if rows < changes.count {
      missing.append("\(changes.count - rows) of \(changes.count) rows of the table")
    }
    if shownDetails < withDetails.count {
      missing.append("the details of \(withDetails.count - shownDetails) of \(withDetails.count) resources")
    }
    guard !missing.isEmpty else { return }
    addNote(
      "A comment holds \(Self.limit) characters. Left out: \(missing.joined(separator: ", ")); "
        + "`kiln plan` shows everything.")
  }

  /// Adds a section about a target that could not be planned.
  public mutating func addFailure(stack: String, target: String, _ message: String) {
    _ = add("### Kiln: stack \(Markdown.code(stack)), target \(Markdown.code(target))")
    addMessage(message)
  }

  /// Adds what went wrong.
  public mutating func addMessage(_ message: String) {
    _ = add("> [!CAUTION]\n> \(Markdown.sentence(message))")
  }

  private mutating func addLosses(of plan: Plan) {
    let losses = plan.changes.filter { $0.action == .delete || $0.action == .replace }
    guard !losses.isEmpty else { return }
    let shown = losses.prefix(20).map { change in
      Markdown.code(
        change.before.map { "\($0.address ?? change.address) (\($0.id))" } ?? change.address.description)
    }
    let more = losses.count > 20 ? " and \(losses.count - 20) more" : ""
    let objects = losses.count == 1 ? "1 object" : "\(losses.count) objects"
    _ = add("> [!CAUTION]\n> \(objects) will be deleted: \(shown.joined(separator: ", "))\(more)")
  }

  private mutating func addDiagnostics(_ diagnostics: [Diagnostic]) {
    let lines = diagnostics.map { diagnostic in
      let place = diagnostic.location.map { " (\(Markdown.code("\($0.file):\($0.range.start.line)")))" } ?? ""
      let hint = diagnostic.hint.map { "; \(Markdown.sentence($0))" } ?? ""
      return "* **\(diagnostic.severity.rawValue)**: \(Markdown.sentence(diagnostic.message))\(place)\(hint)"
    }
    let shown = addList([], lines)
    if shown < lines.count { addNote("\(lines.count - shown) of \(lines.count) messages are left out.") }
  }

  private mutating func addTable(of changes: [ResourceChange]) -> Int {
    guard !changes.isEmpty else { return 0 }
    let rows = changes.map { change in
      let reasons = change.reasons.map(Markdown.sentence).joined(separator: "; ")
      let address = Markdown.cell(Markdown.code(change.address.description))
      return "| \(Markdown.code(change.action.symbol)) | \(address) "
        + "| \(change.action.rawValue)\(change.isDrift ? ", changed outside" : "") | \(Markdown.cell(reasons)) |"
    }
    return addList(["| | resource | action | why |", "| --- | --- | --- | --- |"], rows)
  }

  private mutating func addDeferrals(of plan: Plan) {
    guard !plan.deferred.isEmpty else { return }
    let lines = plan.deferred.map {
      "* \(Markdown.code("\($0.address) (\($0.id))")): \(Markdown.sentence($0.reason))"
    }
    let shown = addList([plan.deferralHeading, ""], lines)
    if shown < lines.count { addNote("\(lines.count - shown) of \(lines.count) deferrals are left out.") }
  }
}

extension Plan {
  fileprivate var markdownVerdict: String {
    let count = "**Plan: \(summary).**"
    let part = isPartial ? " It leaves a part of the stack as it is." : ""
    if !isApplicable { return "\(count)\(part) It can't be applied, for the errors below." }
    if hasChanges { return count + part }
    guard scope == .destruction else { return "\(count)\(part) No changes." }
    return deferred.isEmpty ? "\(count) Nothing to destroy." : "\(count) Nothing can be destroyed now."
  }

  /// What happens, with what goes first.
  fileprivate var changesByWeight: [ResourceChange] {
    [Action.delete, .replace, .update, .create].flatMap { action in changes.filter { $0.action == action } }
  }
}

extension PlanTextWriter {
  init(change: ResourceChange, changed: Set<Address>) {
    self.init(change: change, ink: Ink(isColoured: false), changed: changed)
  }

  /// The change in the form that is highlighted as a difference: signs in the first column.
  fileprivate var diffLines: [String] {
    comments.map { String($0.dropFirst(6)) }
      + body.map { line in
        let indented = line.text.dropFirst(6)
        guard let sign = line.sign else { return String(indented) }
        let indentation = indented.prefix { $0 == " " }
        let mark = sign == .changed ? "!" : sign.rawValue
        return mark + indentation + indented.dropFirst(indentation.count + 1)
      }
  }
}

extension MarkdownComment {
  /// Adds a section about what an apply did.
  ///
  /// - Parameters:
  ///   - verdict: Markdown.
  ///   - rows: For each step what was done, where, the outcome and what belongs to it, in Markdown.
  package mutating func addApply(stack: String, target: String, _ verdict: String, rows: [[String]]) {
    _ = add("### Kiln apply: stack \(Markdown.code(stack)), target \(Markdown.code(target))")
    _ = add(verdict)
    guard !rows.isEmpty else { return }
    let shown = addList(
      ["| step | resource | outcome | |", "| --- | --- | --- | --- |"],
      rows.map { "| " + $0.map(Markdown.cell).joined(separator: " | ") + " |" })
    guard shown < rows.count else { return }
    addNote(
      "A comment holds \(Self.limit) characters. Left out: \(rows.count - shown) of \(rows.count) steps; "
        + "`kiln history` shows everything.")
  }
}
