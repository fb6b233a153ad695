// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Looks at contents while manifests are read, and keeps what only the whole project can judge.
struct ContentLinter {
  let policy: LintPolicy
  private(set) var notes = LintNotes()

  init(_ policy: LintPolicy, _ notes: LintNotes = LintNotes()) {
    self.policy = policy
    self.notes = notes
  }

  /// Reports what is found in `content`; its size and presence are the field table's affair.
  mutating func look(
    at content: ContentText, in context: ContentContext, of address: Address,
    from findOrigin: @autoclosure () -> ContentOrigin, isSensitive: Bool, isComposed: Bool = false,
    into problems: inout Problems
  ) {
    var findings: [ContentFinding]
    let origin: ContentOrigin
    if policy.linting.scope == .refusals {
      findings = content.refusals(at: context.place)
      // Where nothing is refused, as nearly always, nobody asks where the content came from.
      if findings.isEmpty { return }
      origin = findOrigin()
    } else {
      origin = findOrigin()
      let review = content.review(in: context) { policy.looks(for: $0, at: address) }
      findings = review.findings
      for finding in review.downloads {
        let found = judge(finding, content.text, of: address, from: origin, isSensitive: isSensitive)
        if let found { notes.downloads[address.description, default: []].append(found) }
      }
      keepScripts(review.scripts, of: content.text, address, origin)
      for file in origin.files { notes.use(file: file.path, file.text) }
    }
    if !isComposed { findings.removeAll { ["content-missing", "content-too-long"].contains($0.rule) } }
    for finding in findings {
      let found = judge(finding, content.text, of: address, from: origin, isSensitive: isSensitive)
      if let found { problems.report(found) }
    }
  }

  /// Whether there may be something to find in the content that `steps` make.
  ///
  /// Each step was checked when it was read. What the service can still refuse is how much they are together.
  func looks(at steps: DecodedSteps) -> Bool {
    guard steps.isWhole else { return false }
    return policy.linting.scope != .refusals || steps.nodes.count > ContentCheck.maximumCommands
      || steps.composition.mayBeTooLong
        && steps.lines.reduce(0) { $0 + $1.utf8.count + 1 } > ContentCheck.maximumSize
  }

  /// Reports that a shell can't read a script.
  mutating func report(_ fault: ShellFault, in script: ShellScript, into problems: inout Problems) {
    let home = script.home, rule = ContentRule.shellSyntax
    guard let last = script.lines.indices.last else { return }
    let range = script.lines[min(max(fault.line - 1, 0), last)]
    let finding = ContentFinding(
      rule, "the shell can't read this: \(fault.message)",
      hint: "try it with bash -n; what is opened before this line must be closed", at: range,
      silence: Silences(Array(home.content.utf8)).silence(of: rule.id, at: range.lowerBound))
    guard let found = judge(finding, home.content, of: home.address, from: home.origin, isSensitive: false)
    else { return }
    problems.report(script.patch.map { $0.ledBack(found) } ?? found)
  }

  /// Takes over what was kept while a manifest with `patch` was read.
  mutating func absorb(_ other: LintNotes, patchedBy patch: PreparedPatch) {
    notes.add(other.ledBack(by: patch))
  }

  private mutating func keepScripts(
    _ scripts: [ContentScript], of content: String, _ address: Address, _ origin: ContentOrigin
  ) {
    guard policy.linting.checkShell != nil, policy.looks(for: .shellSyntax, at: address) else { return }
    let home = ShellScript.Home(content, of: address, from: origin)
    notes.scripts += scripts.map { script in
      ShellScript(text: script.text, isClosed: script.isClosed, lines: script.lines, home: home)
    }
  }

  /// The finding as a diagnostic, unless the stack or a comment silences it.
  private mutating func judge(
    _ finding: ContentFinding, _ content: String, of address: Address, from origin: ContentOrigin,
    isSensitive: Bool
  ) -> Diagnostic? {
    var severity: Diagnostic.Severity? = finding.severity
    if let setting = policy.setting(of: finding.rule, at: address) {
      notes.usedSettings.insert(setting)
      severity = policy.settings[setting].severity
    }
    guard let severity else { return nil }
    let place = origin.place(of: finding.byteRange, in: content)
    if let silence = finding.silence {
      notes.use(origin.place(of: silence.byteRange, in: content).location)
      return nil
    }
    if let silence = origin.silence(of: finding.rule, at: place) {
      notes.use(place.location.file, silence)
      return nil
    }
    return finding.diagnostic(severity, at: place.location, isSensitive: isSensitive && !place.isPlain)
  }
}

extension Composition {
  /// Whether it is worth putting together to see how long it is.
  fileprivate var mayBeTooLong: Bool {
    // A word, an id and a line's end are much shorter than that.
    let roomBesideText = 64
    let most = pieces.reduce(0) { most, piece in
      switch piece {
      case .command(let text), .component(_, let text): most + text.utf8.count + roomBesideText
      }
    }
    return most > ContentCheck.maximumSize
  }
}

extension ContentFinding {
  /// The finding as a diagnostic, with the code that the service would answer.
  fileprivate func diagnostic(
    _ severity: Diagnostic.Severity, at location: Location, isSensitive: Bool
  ) -> Diagnostic {
    let answer = code.map { "the service would answer \($0)" }
    let hint = [hint, answer].compactMap(\.self).joined(separator: "; ")
    let isSecret = isSensitive || rule == "secret-in-content"
    guard isSensitive, let summary = Rule.named(rule)?.summary.dropLast() else {
      return Diagnostic(
        severity, rule: rule, message, at: location, hint: hint.isEmpty ? nil : hint, hidesText: isSecret)
    }
    // A message may quote the content, which nobody is to see.
    return Diagnostic(
      severity, rule: rule, "the content comes from a sensitive value and breaks a rule: \(summary)",
      at: location, hint: answer, hidesText: true)
  }
}
