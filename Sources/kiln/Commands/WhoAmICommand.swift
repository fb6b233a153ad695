// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import JSONSyntax
import Manifests

struct WhoAmICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Show whose credentials are used, and where they come from.",
    discussion:
      "Asks STS (GetCallerIdentity). With a folder or --target, as that target would; no secret is shown.")

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let session = Session(project, output)
    let target =
      project.folder != nil || project.target != nil
      ? try await session.load().project.target
      : Target(
        "whoami", region: connection.region ?? session.world["ALIBABA_CLOUD_REGION_ID"] ?? "cn-hangzhou",
        endpoint: nil)
    let found = try await session.withConnection(to: target, connection) { connection in
      try await connection.identify()
    }
    let rows = found.rows
    if output.json {
      let members = Dictionary(rows.map { ($0.key, JSONValue.string($0.value)) }, uniquingKeysWith: { $1 })
      session.console.write(shown: JSONValue.object(members).text + "\n")
    } else {
      for row in rows {
        let padding = String(repeating: " ", count: 11 - row.key.count)
        session.console.write("\(row.key)\(padding)\(row.value)\n")
      }
    }
  }
}

extension Identification {
  fileprivate var rows: [(key: String, value: String)] {
    var rows = [("account", identity.accountID)]
    if let arn = identity.arn { rows.append(("arn", arn)) }
    if let type = identity.identityType { rows.append(("type", type)) }
    rows += [
      ("accesskey", accessKeyID), ("source", source), ("expires", expiration?.iso8601 ?? "never"),
    ]
    return rows
  }
}
