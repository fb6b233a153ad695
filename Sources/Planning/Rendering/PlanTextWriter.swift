// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
public import Resources

/// Writes one change of a plan as lines.
struct PlanTextWriter {
  let change: ResourceChange
  let ink: Ink
  let changed: Set<Address>

  var lines: [String] { [heading] + comments + body.map(\.text) }

  /// Why the action is what it is, and what it costs.
  var comments: [String] { (change.reasons + notes).flatMap(commentLines) }

  private var heading: String {
    let padding = String(repeating: " ", count: 3 - change.action.symbol.count)
    return
      "  \(padding)\(ink.symbol(of: change.action)) \(ink.bold(change.address.description)) \(what.withVisibleControls)"
  }

  /// What happens, as the rest of a sentence that begins with the address.
  var what: String {
    let id = change.before.map { " (\($0.id))" } ?? ""
    return switch change.action {
    case .create where change.before != nil: "will be created beside \(change.before?.id ?? "")"
    case .create: "will be created"
    case .replace where change.address.kind == .component:
      "will replace \(change.before?.version?.description ?? "")\(id)"
    case .replace: "will be replaced\(id)"
    case .update: "will be changed in place\(id)"
    case .delete: "will be deleted\(id)"
    case .nothing: "stays as it is\(id)"
    }
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
    for word in sentence.withVisibleControls.split(separator: " ") {
      if line.count + 1 + word.count > 80 {
        lines.append(line)
        line = "      #  "
      }
      line += " \(word)"
    }
    return lines + [line]
  }

  /// The fields, line by line.
  var body: [PlanLine] {
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

  private func createdFields(_ planned: PlannedResource) -> [PlanLine] {
    let values: [(name: String, value: FieldValue)] =
      switch planned.resource {
      case .component(let component): setFields(of: component)
      case .pipeline(let pipeline): setFields(of: pipeline, content: contents(of: planned))
      }
    let width = values.map(\.name.utf8.count).filter { $0 <= 32 }.max() ?? 0
    return values.flatMap { field in
      let name = field.name.padded(to: width)
      if planned.sensitive.contains(field.name) {
        return [PlanLine(.added, "\(name) = \(field.value.sensitiveText)", ink)]
      }
      if case .text(let text) = field.value, isBlock(field.name, text) {
        return [PlanLine(.added, "\(field.name):", ink)] + contentLines(text)
      }
      return [PlanLine(.added, "\(name) = \(short(field.value))", ink)]
    }
  }

  private func contentLines(_ text: String) -> [PlanLine] {
    text.withoutLastLineEnd.lines.map {
      PlanLine(text: "          \(String($0).withVisibleControls)")
    }
  }

  /// Whether a text is shown line by line: contents always are.
  private func isBlock(_ name: String, _ texts: String...) -> Bool {
    contentFields.contains(name)
      || texts.contains { $0.has(UInt8(ascii: "\n")) }
  }

  private func setFields<Root: FieldTabled>(
    of root: Root, content: [String: String] = [:]
  ) -> [(name: String, value: FieldValue)] {
    var root = root
    return Root.fields.compactMap { field in
      if let text = content[field.name] { return (field.name, .text(text)) }
      guard let value = field.read(from: &root) else { return nil }
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

  private func changedField(_ field: FieldChange) -> [PlanLine] {
    let why = ink.red(comment(on: field))
    let name = shownName(of: field)
    if field.isSensitive {
      // A saved plan does not tell either.
      guard field.before != nil || field.after != nil else {
        return [PlanLine(.changed, "\(name) = (sensitive)\(why)", ink)]
      }
      let before = field.before?.sensitiveText ?? "(unset)", after = field.after?.sensitiveText ?? "(unset)"
      return [PlanLine(.changed, "\(name) = \(before) -> \(after)\(why)", ink)]
    }
    let old = field.before?.text, new = field.after?.text
    if old != nil || new != nil, isBlock(field.name, old ?? "", new ?? "") {
      return [PlanLine(old == nil ? .added : new == nil ? .removed : .changed, "\(name):\(why)", ink)]
        + lineDiff(from: old?.withoutLastLineEnd, to: new?.withoutLastLineEnd).map(diffLine)
    }
    switch (field.before, field.after) {
    case (let before?, let after?):
      return [
        PlanLine(.changed, "\(name) = \(shown(before, field)) -> \(shown(after, field))\(why)", ink)
      ]
    case (nil, let after?):
      return [PlanLine(.added, "\(name) = \(shown(after, field))\(why)", ink)]
    case (let before?, nil):
      return [PlanLine(.removed, "\(name) = \(shown(before, field))\(why)", ink)]
    case (nil, nil):
      return []
    }
  }

  /// Where the difference comes from, and what it brings about.
  private func comment(on field: FieldChange) -> String {
    let parts =
      (field.isDrift ? ["changed outside Kiln"] : [])
      + (field.forcesReplacement && change.action != .create ? ["forces replacement"] : [])
    return parts.isEmpty ? "" : "  # \(parts.joined(separator: ", "))"
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

  private func diffLine(_ line: DiffLine) -> PlanLine {
    switch line {
    case .same(let text):
      PlanLine(text: "            \(String(text).withVisibleControls)")
    case .removed(let text):
      PlanLine(.removed, text: "          \(ink.red("- \(String(text).withVisibleControls)"))")
    case .added(let text):
      PlanLine(.added, text: "          \(ink.green("+ \(String(text).withVisibleControls)"))")
    case .skipped(let count):
      PlanLine(text: ink.faint("            ... \(count) line\(count == 1 ? "" : "s") the same"))
    }
  }

  private func short(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): "\"\(text.withEscapedQuotes.withVisibleControls)\""
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
}

extension FieldValue {
  /// What is shown in the place of a sensitive value: enough to tell two apart, and no more.
  public var sensitiveText: String {
    // Of a placeholder only the value's name is known, which tells no two apart.
    guard !isMasked else { return "(sensitive)" }
    var canonical = CanonicalBytes()
    canonical.append(self)
    return "(sensitive, \(SpecDigest(over: canonical).text.prefix(14)))"
  }

  fileprivate var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

extension String {
  /// The text with LF line ends, without one at its end.
  fileprivate var withoutLastLineEnd: String {
    let unix = withUnixLineEnds
    return unix.utf8.last == UInt8(ascii: "\n") ? String(unix.dropLast()) : unix
  }

  fileprivate var withEscapedQuotes: String {
    has(UInt8(ascii: "\"")) ? replacing("\"", with: "\\\"") : self
  }

  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - utf8.count))
  }
}
