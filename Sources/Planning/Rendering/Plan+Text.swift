// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Plan {
  /// The plan for people: what is created first, then the rest, last the line that counts.
  ///
  /// Refusals and warnings are not in it; they are diagnostics and told apart.
  public func text(ink: Ink) -> String {
    text(around: textOfChanges(shownChanges[...], ink, changedAddresses), ink)
  }

  /// The same as ``text(ink:)``, large plans written in portions on all cores.
  public func textOnAllCores(ink: Ink) async -> String {
    let changes = shownChanges
    let addresses = changedAddresses
    // Large enough to be worth handing out, small enough that at the end no core waits long for another.
    let portion = 64
    // As many are written at once as there are cores, since none of the tasks ever waits.
    let texts = await withTaskGroup(of: (Int, String).self) { group in
      for start in stride(from: 0, to: changes.count, by: portion) {
        group.addTask {
          let end = Swift.min(start + portion, changes.count)
          return (start, textOfChanges(changes[start..<end], ink, addresses))
        }
      }
      var texts = Array(repeating: "", count: (changes.count + portion - 1) / portion)
      for await (start, text) in group { texts[start / portion] = text }
      return texts
    }
    return text(around: texts.joined(), ink)
  }

  /// What stands over the retirements that must wait.
  var deferralHeading: String {
    let command = scope == .destruction ? "destroy" : "apply"
    return "To be deleted by a later \(command), when nothing stands in the way:"
  }

  private var shownChanges: [ResourceChange] { changes.filter { $0.action != .nothing } }

  /// What is said before the changes and after them, around what is said of each.
  private func text(around changes: String, _ ink: Ink) -> String {
    let sentence =
      if !changes.isEmpty {
        isApplicable
          ? "Kiln will do this for stack \(stack.name), target \(stack.target):"
          : "Kiln would do this for stack \(stack.name), target \(stack.target), but for the errors below:"
      } else if !isApplicable {
        "Kiln can't plan stack \(stack.name), target \(stack.target), as it stands."
      } else {
        switch (scope, deferred.isEmpty) {
        case (.part, _): "No changes in the part that the plan is about."
        case (.whole, true): "No changes. The service holds what the manifests describe."
        case (.whole, false): "No changes now. The service holds what the manifests describe, and more."
        // What bears the stack's tag and no address is left alone, with a warning.
        case (.destruction, true) where !warnings.isEmpty: "Nothing to destroy but what is left alone."
        case (.destruction, true): "Nothing to destroy: the service holds nothing of this stack."
        case (.destruction, false): "Nothing can be destroyed now."
        }
      }
    var lines: [String] = []
    if !deferred.isEmpty {
      lines += ["", deferralHeading]
      for deferral in deferred {
        let what = "\(deferral.address) (\(deferral.id)): \(deferral.reason)".withVisibleControls
        lines.append("    \(ink.red("-")) \(what)")
      }
    }
    lines.append("")
    if isPartial { lines.append("This plan is partial: it leaves a part of the stack as it is.") }
    lines.append("\(ink.bold("Plan:")) \(summary).")
    return "\(sentence)\n\(changes)\(lines.joined(separator: "\n"))\n"
  }

  /// What is said of `changes`, each after an empty line.
  private func textOfChanges(
    _ changes: ArraySlice<ResourceChange>, _ ink: Ink, _ changed: Set<Address>
  ) -> String {
    var text = ""
    for change in changes {
      text += "\n"
      for line in PlanTextWriter(change: change, ink: ink, changed: changed).lines {
        text += line
        text += "\n"
      }
    }
    return text
  }

  /// Addresses whose id is known only after the plan is applied.
  var changedAddresses: Set<Address> {
    Set(changes.filter { $0.action == .create || $0.action == .replace }.map(\.address))
  }
}
