// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONSyntax
import ManifestSyntax
import Manifests
import Planning
import Resources

extension Session {
  /// Shows `plan` as text or events; ends the command when something bars it.
  func show(_ plan: Plan) throws {
    if console.isJSON {
      console.write(event: versionEvent)
      for event in plan.events { console.write(event: event) }
    } else {
      console.write(plan.text(ink: console.outputInk))
    }
    console.tell(
      plan.warnings + plan.refusals.map(\.diagnostic), source: ProjectFolder.source)
    guard !plan.isApplicable else { return }
    let isGuard = plan.refusals.allSatisfy { $0.cause == .guarded }
    throw isGuard ? Exit.guarded : Exit.error
  }

  /// Ends the command when a part of the stack is to be destroyed: a selection never deletes anything.
  func checkScope(of options: PlanOptions) throws {
    guard options.destroys, options.only != nil else { return }
    console.complain(
      "only a whole stack can be destroyed", hint: "to delete a part, take it out of the manifests and apply")
    throw Exit.usage
  }

  var versionEvent: JSONValue {
    [
      "@level": "info", "@message": .string("Kiln \(VersionCommand.version)"), "@module": "kiln.ui",
      "type": "version", "kiln": .string(VersionCommand.version), "ui": "1.0",
    ]
  }
}
