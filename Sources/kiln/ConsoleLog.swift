// SPDX-License-Identifier: Apache-2.0

import Logging

/// Log lines as talk on standard error.
struct ConsoleLog: LogHandler {
  let console: Console
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .critical

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let details = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    console.say("\(event.level): \(event.message)\(details.isEmpty ? "" : " \(details)")")
  }
}
