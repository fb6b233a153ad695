// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Rules find what goes wrong, and spare what only looks like it.
struct WildTextTests {
  @Test(arguments: WildText.all) func isFoundWhereItGoesWrong(_ text: WildText) {
    let findings = ContentText(text.content).findings(in: text.context).filter { $0.rule == text.rule }
    #expect(findings.isEmpty != text.isFound)
    for finding in findings {
      #expect(finding.byteRange.upperBound <= text.content.utf8.count && !finding.byteRange.isEmpty)
    }
  }
}

extension WildText {
  fileprivate var content: String {
    switch form {
    case .dockerfile, .offlineBuild: text + "\n"
    case .shell: task("RunShellCommand")
    case .powerShell: task("RunPowerShellCommand")
    }
  }

  fileprivate var context: ContentContext {
    switch form {
    case .dockerfile, .shell: ContentContext(.component(.linux))
    case .powerShell: ContentContext(.component(.windows))
    case .offlineBuild: ContentContext(.build, internetMaxBandwidthOut: 0)
    }
  }

  private func task(_ action: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "        \($0)\n" }
      .joined()
    return "Tasks:\n  - Name: a\n    Action: \(action)\n    Properties:\n      commandContent: |\n\(lines)"
  }
}
