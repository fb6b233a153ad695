// SPDX-License-Identifier: Apache-2.0

import Resources

extension Plan {
  /// The plan for people: what is created first, then the rest, last the line that counts.
  ///
  /// Refusals and warnings are not in it; they are diagnostics and told apart.
  public func text(ink: Ink) -> String {
    var lines: [String] = []
    let shown = changes.filter { $0.action != .nothing }
    if shown.isEmpty, deferred.isEmpty {
      lines.append("No changes. The service holds what the manifests describe.")
    } else if !shown.isEmpty {
      lines.append("Kiln will do this for stack \(stack.name), target \(stack.target):")
    }
    let changed = changedAddresses
    for change in shown {
      lines.append("")
      lines += PlanTextWriter(change: change, ink: ink, changed: changed).lines
    }
    if !deferred.isEmpty {
      lines += ["", "Deferred, tried again by later applies:"]
      for deferral in deferred {
        lines.append("  \(ink.red("-")) \(deferral.address) (\(deferral.id)): \(deferral.reason)")
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
    [heading] + change.reasons.map { "      # \($0)" } + notes + body
  }

  private var heading: String {
    let what =
      switch change.action {
      case .create: "will be created"
      case .replace: "will be replaced"
      case .update: "will be changed in place"
      case .delete: "will be deleted"
      case .nothing: "stays as it is"
      }
    let padding = String(repeating: " ", count: 3 - change.action.symbol.count)
    let id = change.action == .update || change.action == .delete ? change.before?.id : nil
    let suffix = id.map { " (\($0))" } ?? ""
    return "  \(padding)\(ink.symbol(of: change.action)) \(ink.bold(change.address.description)) "
      + what + suffix
  }

  private var notes: [String] {
    var notes: [String] = []
    if change.isDrift, change.action == .replace {
      notes.append("      # drift: the manifest has not changed")
    }
    if change.action == .replace, let old = change.before {
      notes.append("      # the new one is created first, then \(old.id) is deleted")
      if change.address.kind == .pipeline { notes.append("      # with the records of its executions") }
    }
    return notes
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
      if case .text(let text) = field.value, text.contains("\n") {
        return ["      \(ink.green("+")) \(field.name):"] + contentLines(text)
      }
      return ["      \(ink.green("+")) \(name) = \(short(field.value))"]
    }
  }

  private func contentLines(_ text: String) -> [String] {
    let whole = text.hasSuffix("\n") ? text.dropLast() : text[...]
    return whole.split(separator: "\n", omittingEmptySubsequences: false).map {
      "          \(String($0).withVisibleControls)"
    }
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
      composition.rendered { reference in
        guard let address = planned.uses[reference] else { return reference.description }
        return changed.contains(address) ? "\(address) (known after apply)" : address.description
      }
    }
    return ["buildContent": planned.build.map(text), "testContent": planned.test.map(text)]
      .compactMapValues(\.self)
  }

  private func changedField(_ field: FieldChange) -> [String] {
    let forces = field.forcesReplacement ? ink.red("  # forces replacement") : ""
    if field.isSensitive {
      let before = field.before.map(digestText) ?? "(unset)", after = field.after.map(digestText) ?? "(unset)"
      return ["      \(ink.yellow("~")) \(field.name) = \(before) -> \(after)\(forces)"]
    }
    switch (field.before, field.after) {
    case (let before?, let after?):
      if case .text(let old) = before, case .text(let new) = after, old.contains("\n") || new.contains("\n") {
        return ["      \(ink.yellow("~")) \(field.name):\(forces)"]
          + lineDiff(from: old, to: new).map(diffLine)
      }
      return ["      \(ink.yellow("~")) \(field.name) = \(short(before)) -> \(short(after))\(forces)"]
    case (nil, let after?):
      return ["      \(ink.green("+")) \(field.name) = \(short(after))\(forces)"]
    case (let before?, nil):
      return ["      \(ink.red("-")) \(field.name) = \(short(before))\(forces)"]
    case (nil, nil):
      return []
    }
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

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
