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
    } else if isPartial {
      lines.append("No changes in the part that the plan is about.")
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
        let what = "\(deferral.address) (\(deferral.id)): \(deferral.reason)".withVisibleControls
        lines.append("    \(ink.red("-")) \(what)")
      }
    }
    lines.append("")
    if isPartial { lines.append("This plan is partial: it leaves a part of the stack as it is.") }
    lines.append("\(ink.bold("Plan:")) \(summary).")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Addresses whose id is known only after the plan is applied.
  var changedAddresses: Set<Address> {
    Set(changes.filter { $0.action == .create || $0.action == .replace }.map(\.address))
  }
}
