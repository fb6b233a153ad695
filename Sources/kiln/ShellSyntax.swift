// SPDX-License-Identifier: Apache-2.0

import Manifests
import Reconciliation
import Subprocess

/// Asks bash whether it can read `scripts`.
///
/// It runs none of them. Where there is no bash, nothing is wrong.
@Sendable func checkShellSyntax(_ scripts: [ShellScript]) async -> [ShellFault] {
  let found = await sideBySide(ShellBatch.batches(of: scripts), width: 2) { await faults(in: $0) }
  return found.flatMap(\.1).sorted { ($0.script, $0.line) < ($1.script, $1.line) }
}

/// What is wrong with the scripts of `batch`: bash gives up at the first, so it is asked again for those behind it.
private func faults(in batch: ShellBatch) async -> [ShellFault] {
  var found: [ShellFault] = []
  var rest: ShellBatch? = batch
  while let asked = rest, let complaint = await bashComplaint(about: asked.text) {
    let place = asked.place(ofLine: complaint.line)
    // What is left open in one script may be noticed in a later one.
    let suspects = [asked.alone[place]] + asked.alone[..<place]
    for suspect in suspects {
      guard let own = await bashComplaint(about: suspect.text), let fault = suspect.fault(own) else {
        continue
      }
      found.append(fault)
      break
    }
    rest = asked.dropping(first: place + 1)
  }
  return found
}

/// What bash says of `text` without running it; nil where it can read it, or there is no bash.
private func bashComplaint(about text: String) async -> ShellComplaint? {
  // Options that a script sets count for the lines behind; who only reads is told beforehand.
  let options = text.contains("extglob") ? ["-O", "extglob"] : []
  let result = try? await run(
    .name("bash"), arguments: Arguments(["--norc", "--noprofile"] + options + ["-n", "-c", text]),
    environment: .inherit.updating(["LC_ALL": "C", "BASH_ENV": nil, "POSIXLY_CORRECT": nil]),
    output: .discarded,
    error: .string(limit: 1 << 20))
  // Of a broken [[ … ]] it complains, and then ends as if nothing were wrong.
  return result.flatMap { ShellComplaint($0.standardError) }
}
