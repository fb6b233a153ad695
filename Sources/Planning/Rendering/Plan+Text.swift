// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Plan {
  /// The plan for people: what is created first, then the rest, last the line that counts.
  ///
  /// Refusals and warnings are not in it; they are diagnostics and told apart.
  public func text(ink: Ink) -> String {
    var lines: [String] = []
    let shown = changes.filter { $0.action != .nothing }
    if !shown.isEmpty {
      lines.append(
        isApplicable
          ? "Kiln will do this for stack \(stack.name), target \(stack.target):"
          : "Kiln would do this for stack \(stack.name), target \(stack.target), but for the errors below:")
    } else if !isApplicable {
      lines.append("Kiln can't plan stack \(stack.name), target \(stack.target), as it stands.")
    } else if deferred.isEmpty {
      lines.append("No changes. The service holds what the manifests describe.")
    } else {
      lines.append("No changes now. The service holds what the manifests describe, and more.")
    }
    let changed = changedAddresses
    for change in shown {
      lines.append("")
      lines += PlanTextWriter(change: change, ink: ink, changed: changed).lines
    }
    if !deferred.isEmpty {
      lines += ["", "To be deleted by a later apply, when nothing stands in the way:"]
      for deferral in deferred {
        lines.append("    \(ink.red("-")) \(deferral.address) (\(deferral.id)): \(deferral.reason)")
      }
    }
    lines.append("")
    if isPartial { lines.append("This plan is partial: only what --only names was looked at.") }
    lines.append("\(ink.bold("Plan:")) \(summary).")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Addresses whose id is known only after the plan is applied.
  private var changedAddresses: Set<Address> {
    Set(changes.filter { $0.action == .create || $0.action == .replace }.map(\.address))
  }
}

/// Writes one change of a plan as lines.
struct PlanTextWriter {
  let change: ResourceChange
  let ink: Ink
  let changed: Set<Address>

  var lines: [String] {
    [heading] + (change.reasons + notes).flatMap(commentLines) + body
  }

  private var heading: String {
    let id = change.before.map { " (\($0.id))" } ?? ""
    let what =
      switch change.action {
      case .create where change.before != nil: "will be created beside \(change.before?.id ?? "")"
      case .create: "will be created"
      case .replace where change.address.kind == .component:
        "will replace \(change.before?.version?.description ?? "")\(id)"
      case .replace: "will be replaced\(id)"
      case .update: "will be changed in place\(id)"
      case .delete: "will be deleted\(id)"
      case .nothing: "stays as it is\(id)"
      }
    let padding = String(repeating: " ", count: 3 - change.action.symbol.count)
    return "  \(padding)\(ink.symbol(of: change.action)) \(ink.bold(change.address.description)) \(what)"
  }

  private var notes: [String] {
    guard change.action == .replace else { return [] }
    let losses = change.address.kind == .pipeline ? ", with the records of its executions" : ""
    return ["the new one is created first, then the old one is deleted\(losses)"]
  }

  /// A sentence as lines of comment that fit a terminal of 80 columns.
  private func commentLines(_ sentence: String) -> [String] {
    var lines: [String] = []
    var line = "      #"
    for word in sentence.split(separator: " ") {
      if line.count + 1 + word.count > 80 {
        lines.append(line)
        line = "      #  "
      }
      line += " \(word)"
    }
    return lines + [line]
  }

  private var body: [String] {
    switch change.action {
    case .create where change.before == nil: change.after.map(createdFields) ?? []
    case .create, .replace, .update: shownFields.flatMap(changedField)
    case .delete, .nothing: []
    }
  }

  /// `kiln:keys` only mirrors which tags are set: alone it is worth a line, beside other tags it is noise.
  private var shownFields: [FieldChange] {
    let others = change.fields.filter { $0.name != "tags.\(OwnershipTags.keysKey)" }
    return others.isEmpty ? change.fields : others
  }

  private func createdFields(_ planned: PlannedResource) -> [String] {
    let values: [(name: String, value: FieldValue)] =
      switch planned.resource {
      case .component(let component): setFields(of: component)
      case .pipeline(let pipeline): setFields(of: pipeline, content: contents(of: planned))
      }
    let width = values.map(\.name.count).filter { $0 <= 32 }.max() ?? 0
    return values.flatMap { field in
      let name = field.name.padded(to: width)
      if planned.sensitive.contains(field.name) {
        return ["      \(ink.green("+")) \(name) = \(digestText(of: field.value))"]
      }
      if case .text(let text) = field.value, isBlock(field.name, text) {
        return ["      \(ink.green("+")) \(field.name):"] + contentLines(text)
      }
      return ["      \(ink.green("+")) \(name) = \(short(field.value))"]
    }
  }

  private func contentLines(_ text: String) -> [String] {
    text.withoutLastLineEnd.split(separator: "\n", omittingEmptySubsequences: false).map {
      "          \(String($0).withVisibleControls)"
    }
  }

  /// Whether a text is shown line by line: contents always are.
  private func isBlock(_ name: String, _ texts: String...) -> Bool {
    ["content", "buildContent", "testContent"].contains(name)
      || texts.contains { $0.withUnixLineEnds.contains("\n") }
  }

  private func setFields<Root: FieldTabled>(
    of root: Root, content: [String: String] = [:]
  ) -> [(name: String, value: FieldValue)] {
    Root.fields.compactMap { field in
      if let text = content[field.name] { return (field.name, .text(text)) }
      guard let value = field.read(root) else { return nil }
      guard case .pairs(let pairs) = value else { return (field.name, value) }
      let shown = pairs.filter { !$0.key.hasPrefix(OwnershipTags.prefix) }
      return shown.isEmpty ? nil : (field.name, .pairs(shown))
    }
  }

  /// Contents made of steps, components by address where their id is not known yet.
  private func contents(of planned: PlannedResource) -> [String: String] {
    func text(_ composition: Composition) -> String {
      planned.rendered(composition) { address in
        changed.contains(address) ? "\(address) (known after apply)" : address.description
      }
    }
    return ["buildContent": planned.build.map(text), "testContent": planned.test.map(text)]
      .compactMapValues(\.self)
  }

  private func changedField(_ field: FieldChange) -> [String] {
    let forces = field.forcesReplacement && change.action != .create ? "  # forces replacement" : ""
    let why = ink.red(field.isDrift ? "  # changed outside Kiln" : forces)
    let name = shownName(of: field)
    if field.isSensitive {
      let before = field.before.map(digestText) ?? "(unset)", after = field.after.map(digestText) ?? "(unset)"
      return ["      \(ink.yellow("~")) \(name) = \(before) -> \(after)\(why)"]
    }
    let old = field.before?.text, new = field.after?.text
    if old != nil || new != nil, isBlock(field.name, old ?? "", new ?? "") {
      let sign = old == nil ? ink.green("+") : new == nil ? ink.red("-") : ink.yellow("~")
      return ["      \(sign) \(name):\(why)"]
        + lineDiff(from: old?.withoutLastLineEnd, to: new?.withoutLastLineEnd).map(diffLine)
    }
    switch (field.before, field.after) {
    case (let before?, let after?):
      return ["      \(ink.yellow("~")) \(name) = \(shown(before, field)) -> \(shown(after, field))\(why)"]
    case (nil, let after?):
      return ["      \(ink.green("+")) \(name) = \(shown(after, field))\(why)"]
    case (let before?, nil):
      return ["      \(ink.red("-")) \(name) = \(shown(before, field))\(why)"]
    case (nil, nil):
      return []
    }
  }

  /// The field as the manifest's author knows it: some of our tags stand for fields of the manifest.
  private func shownName(of field: FieldChange) -> String {
    switch field.name {
    case "tags.\(OwnershipTags.versionKey)": "version"
    case "tags.\(OwnershipTags.protectedKey)": "lifecycle.protected"
    default: field.name.withVisibleControls
    }
  }

  /// A value on one line; of a digest as much as tells two apart.
  private func shown(_ value: FieldValue, _ field: FieldChange) -> String {
    guard field.name == "tags.\(OwnershipTags.digestKey)", case .text(let text) = value, text.count > 10
    else { return short(value) }
    return short(.text("\(text.prefix(10))..."))
  }

  private func diffLine(_ line: DiffLine) -> String {
    switch line {
    case .same(let text): "            \(String(text).withVisibleControls)"
    case .removed(let text): "          \(ink.red("- \(String(text).withVisibleControls)"))"
    case .added(let text): "          \(ink.green("+ \(String(text).withVisibleControls)"))"
    case .skipped(let count): ink.faint("            ... \(count) line\(count == 1 ? "" : "s") the same")
    }
  }

  private func short(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): "\"\(text.replacing("\"", with: "\\\"").withVisibleControls)\""
    case .integer(let number): String(number)
    case .boolean(let truth): String(truth)
    case .texts(let texts): "[\(texts.map(\.withVisibleControls).joined(separator: ", "))]"
    case .integers(let numbers): "[\(numbers.map(String.init).joined(separator: ", "))]"
    case .pairs(let pairs):
      "{\(pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ").withVisibleControls)}"
    case .disks(let disks):
      "[\(disks.map { "\($0.ossBucket ?? "")/\($0.ossObject ?? "")" }.joined(separator: ", ").withVisibleControls)]"
    }
  }

  private func digestText(of value: FieldValue) -> String {
    var canonical = CanonicalBytes()
    canonical.append(value)
    return "(sensitive, \(SpecDigest(over: canonical).text.prefix(14)))"
  }
}

extension FieldValue {
  fileprivate var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

extension String {
  /// The text with LF line ends, without one at its end.
  fileprivate var withoutLastLineEnd: String {
    let unix = withUnixLineEnds
    return unix.hasSuffix("\n") ? String(unix.dropLast()) : unix
  }

  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
