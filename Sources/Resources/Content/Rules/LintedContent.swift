// SPDX-License-Identifier: Apache-2.0

/// A content with what several rules look at.
struct LintedContent {
  let content: ContentText
  private(set) var context: ContentContext
  let bytes: [UInt8]
  /// The scripts in it, in order.
  let scripts: [LintedScript]
  /// Each command of each script for a POSIX shell.
  let shellCommands: [(script: LintedScript, command: ShellCommand)]
  /// What the content fetches, as far as it says so.
  private(set) var downloads: [Download] = []

  init(_ content: ContentText, _ context: ContentContext) {
    self.content = content
    self.context = context
    bytes = Array(content.text.utf8)
    switch content.body {
    case .dockerfile(let dockerfile): scripts = dockerfile.lines.compactMap(LintedScript.init)
    case .yaml(let yaml):
      let bytes = bytes
      scripts = yaml.tasks.flatMap { task in
        task.properties.compactMap { LintedScript($0, of: task, in: bytes) }
      }
    }
    shellCommands = scripts.filter { !$0.isPowerShell }.flatMap { script in
      script.commands.map { (script, $0) }
    }
    downloads = findDownloads()
  }

  /// The same content in a build that can't reach the Internet.
  var offline: LintedContent {
    var offline = self
    offline.context = ContentContext(context.place, internetMaxBandwidthOut: 0)
    return offline
  }

  /// Whether it sets up yum or apt so that they ask nothing.
  var assumesYes: Bool {
    let text = content.text.lowercased()
    return text.contains("assumeyes=1") || text.contains("assumeyes=true") || text.contains("assume-yes \"")
      || text.contains("always_yes")
  }

  var dockerfile: DockerfileContent? {
    if case .dockerfile(let content) = content.body { content } else { nil }
  }

  var yaml: YAMLContent? {
    if case .yaml(let content) = content.body { content } else { nil }
  }
}

/// A script of a content, with the way back to the text: an object, since many findings share it.
final class LintedScript {
  let bytes: [UInt8]
  let isPowerShell: Bool
  let commands: [ShellCommand]
  /// Whether its quotes, parentheses and here-documents close.
  let isClosed: Bool
  /// Whether the shell gets all of it as one line.
  let isOneLine: Bool
  /// Where it stands in the text; all that is known where the script's lines can't be found there.
  let whole: Range<Int>
  /// From which offset of the script on it stands at which of the text, in order; `escape` is how long the escape is
  /// that writes what begins there, or 0.
  let joints: [(script: Int, text: Int, escape: Int)]

  /// The script of a `RUN`, or of a `CMD` or `ENTRYPOINT` in its shell form.
  init?(_ line: DockerfileContent.Line) {
    guard case .run(let script) = line.command else { return nil }
    bytes = Array(script.utf8)
    isPowerShell = false
    isOneLine = true
    var splitter = ShellSplitter(bytes)
    commands = splitter.split().withInner
    isClosed = splitter.isClosed
    whole = line.argumentRange
    if line.joints.isEmpty {
      joints = [(0, line.argumentRange.lowerBound, 0)]
    } else {
      joints = line.joints.map { ($0.joined, $0.source, 0) }
    }
  }

  /// The script of a task.
  init?(_ property: YAMLContent.Property, of task: YAMLContent.Task, in text: [UInt8]) {
    guard property.name.text == "commandContent", case .text(let script) = property.value else { return nil }
    bytes = Array(script.utf8)
    isPowerShell = task.action?.text == "RunPowerShellCommand"
    isOneLine = false
    var splitter = ShellSplitter(bytes)
    commands = splitter.split().withInner
    isClosed = splitter.isClosed
    whole = property.range
    joints = ScriptAlignment(of: bytes, at: property.range, in: text).joints
  }

  /// The place in the text of a stretch of the script.
  func source(_ range: Range<Int>) -> Range<Int> {
    guard !joints.isEmpty else { return whole }
    let start = joint(at: range.lowerBound)
    let lower = start.text + (range.lowerBound - start.script)
    guard !range.isEmpty else { return lower..<lower }
    let last = joint(at: range.upperBound - 1)
    return lower..<(last.escape > 0 ? last.text + last.escape : last.text + (range.upperBound - last.script))
  }

  /// The joint at or before `offset` of the script.
  private func joint(at offset: Int) -> (script: Int, text: Int, escape: Int) {
    var (low, high) = (0, joints.count)
    while low < high {
      let middle = (low + high) / 2
      if joints[middle].script <= offset { low = middle + 1 } else { high = middle }
    }
    return joints[max(low - 1, 0)]
  }
}
