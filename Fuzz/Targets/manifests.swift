// SPDX-License-Identifier: Apache-2.0

import Dispatch
import ManifestSyntax
import Manifests
import Resources
import Synchronization

/// Bytes → a file beside a sound stack → the desired state and every diagnostic, each shown in every format.
func examine(_ bytes: [UInt8]) {
  let stack = """
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: Stack
    metadata: {name: s}
    spec:
      id: s
      targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]
      variables: {a: text, b: {default: secret, sensitive: true}}
    """
  let files = ["stack.yaml": Array(stack.utf8), "fuzz.yaml": bytes, "file": Array("RUN yum install a\n".utf8)]
  let folder = ProjectFolder(
    path: "m", list: { ["fuzz.yaml", "stack.yaml"] },
    read: { name in
      guard let bytes = files[name] else { throw FileMissing(path: name) }
      return bytes
    }, contains: { _ in true })
  let problems = waited {
    var problems = Problems()
    _ = await Project.load(
      folder, target: nil, linting: Linting(.everything) { scripts in
        scripts.indices.map { ShellFault(script: $0, line: 1, message: "looked at") }
      }, into: &problems)
    return problems
  }
  let sources = files.map { SourceFile(path: "m/\($0.key)", bytes: $0.value) }
  let report = DiagnosticReport(problems.sorted, folder: "m", version: "0")
  for format in DiagnosticReport.Format.allCases {
    _ = report.rendered(as: format) { path in sources.first { $0.path == path } }
  }
}

/// Runs `body` to its end from where nothing can wait.
private func waited<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
  let result = Mutex<Value?>(nil)
  let isDone = DispatchSemaphore(value: 0)
  Task {
    let value = await body()
    result.withLock { $0 = value }
    isDone.signal()
  }
  isDone.wait()
  guard let value = result.withLock({ $0 }) else { preconditionFailure("the body was run to its end") }
  return value
}
