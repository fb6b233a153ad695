// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// Judges what only the whole project shows: downloads without a way out, scripts, silences that silence nothing.
struct ProjectLint {
  private var linter: ContentLinter
  private let sources: [ManifestSource]

  /// - Parameter notes: What was kept while `sources` were read.
  init(_ notes: LintNotes, of sources: [ManifestSource], _ policy: LintPolicy) {
    linter = ContentLinter(policy, notes)
    self.sources = sources
  }

  mutating func report(_ described: [DescribedResource], into problems: inout Problems) async {
    guard linter.policy.linting.scope != .refusals else { return }
    reportDownloads(described, into: &problems)
    if let checkShell = linter.policy.linting.checkShell {
      let scripts = linter.notes.scripts
      for fault in await checkShell(scripts) where scripts.indices.contains(fault.script) {
        linter.report(fault, in: scripts[fault.script], into: &problems)
      }
    }
    reportSilences(into: &problems)
  }

  /// Tells of components that fetch from the Internet, where a pipeline builds with them that can't reach it.
  private func reportDownloads(_ described: [DescribedResource], into problems: inout Problems) {
    guard !linter.notes.downloads.isEmpty else { return }
    var components: [String: [DesiredComponent]] = [:]
    for case .component(let component) in described {
      components[component.name, default: []].append(component)
    }
    var told: Set<Location> = []
    for case .pipeline(let pipeline, let references) in described where pipeline.knownBandwidth == 0 {
      for use in references {
        for component in components[use.reference.name] ?? [] where use.reference.admits(component) {
          for found in linter.notes.downloads[component.address.description] ?? [] {
            guard let location = found.location, told.insert(location).inserted else { continue }
            problems.report(
              Diagnostic(
                found.severity, rule: found.rule, found.message, at: location,
                related: [
                  Diagnostic.Related("\(pipeline.address) builds with it, without a way out", at: use.place)
                ],
                hint:
                  "set internetMaxBandwidthOut of the pipeline, or fetch it from OSS over the internal network"
              ))
          }
        }
      }
    }
  }

  private func reportSilences(into problems: inout Problems) {
    let isWhole = linter.policy.linting.scope == .everything && !problems.hasErrors
    let files =
      sources.map(\.index)
      + linter.notes.files.sorted { $0.key < $1.key }
      .map { IndexedSource(SourceFile(path: $0.key, bytes: Array($0.value.utf8))) }
    for file in files {
      for silence in file.silences.all {
        let comment = LintNotes.Comment(file: file.file.path, line: silence.lines.lowerBound)
        let isUsed = linter.notes.usedComments.contains(comment)
        let (start, end) = (silence.byteRange.lowerBound, silence.byteRange.upperBound)
        let range = SourceRange(file.lines.mark(atOffset: start), file.lines.mark(atOffset: end))
        report(
          silence, isUsed: isUsed || !isWhole, at: Location(file: comment.file, range: range), into: &problems
        )
      }
    }
    guard isWhole else { return }
    for (index, setting) in linter.policy.settings.enumerated()
    where setting.isSofter && !linter.notes.usedSettings.contains(index) {
      problems.report(
        Diagnostic(
          .note, rule: "unused-silence", "nothing breaks \(setting.rule) here", at: setting.location,
          hint: "take the setting away, or the next mistake of that kind is not told"))
    }
  }

  private func report(_ silence: Silence, isUsed: Bool, at place: Location, into problems: inout Problems) {
    let unfit = silence.rules.compactMap { Diagnostic.unfitRule($0, at: place) }
    problems.report(contentsOf: unfit)
    if silence.rules.isEmpty {
      problems.report(
        .unreasoned("the comment names no rule", at: place, hint: "write # kiln:ignore RULE and the reason"))
    } else if !silence.hasReason {
      problems.report(
        .unreasoned(
          "the comment gives no reason, so it silences nothing", at: place,
          hint: "write the reason behind the rule"))
    } else if !isUsed, unfit.isEmpty {
      problems.report(
        Diagnostic(
          .note, rule: "unused-silence", "nothing breaks \(silence.rules.joined(separator: " or ")) here",
          at: place, hint: "take the comment away, or the next mistake of that kind is not told"))
    }
  }
}

extension ComponentReference {
  /// Whether it may mean `component`.
  fileprivate func admits(_ component: DesiredComponent) -> Bool {
    guard let version, let pinned = component.versionRule.pinned else { return true }
    return version.matches(pinned)
  }
}

extension DesiredPipeline {
  /// The outgoing bandwidth of its builds, in Mbit/s; nil where nobody can tell, as a vSwitch of one's own may have
  /// a NAT gateway.
  fileprivate var knownBandwidth: Int? { resource.knownBandwidth(provenance) }
}

extension ImagePipeline {
  /// The outgoing bandwidth of its builds, in Mbit/s; nil where nobody can tell.
  func knownBandwidth(_ provenance: Provenance) -> Int? {
    guard vSwitchID == nil, provenance.isReadable("vSwitchId"),
      provenance.isReadable("internetMaxBandwidthOut")
    else { return nil }
    return Int(internetMaxBandwidthOut ?? 0)
  }
}
