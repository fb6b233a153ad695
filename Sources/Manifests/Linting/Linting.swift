// SPDX-License-Identifier: Apache-2.0

import Resources

/// How far contents are looked at while a project is read.
public struct Linting: Sendable {
  /// What is looked for.
  public enum Scope: Sendable {
    /// What the service would refuse.
    case refusals
    /// All that weighs as much as an error.
    case errors
    /// Everything.
    case everything
  }

  /// What is looked for.
  public let scope: Scope
  /// Asks a shell whether it can read scripts.
  let checkShell: (@Sendable ([ShellScript]) async -> [ShellFault])?

  /// Looks for what `scope` says; `checkShell` judges scripts, where there is a shell to ask.
  public init(
    _ scope: Scope, checkShell: (@Sendable ([ShellScript]) async -> [ShellFault])? = nil
  ) {
    self.scope = scope
    self.checkShell = checkShell
  }
}

/// A script that a shell may be asked about.
public struct ShellScript: Sendable {
  /// The script.
  public let text: String
  /// Whether its quotes, parentheses and here-documents close, so that another script may follow it.
  public let isClosed: Bool
  /// Where each line stands in the content.
  let lines: [Range<Int>]
  let home: Home
  var patch: PreparedPatch?

  /// The content that the script comes from: an object, since the scripts of a content share it.
  final class Home: Sendable {
    let content: String
    let origin: ContentOrigin
    let address: Address

    init(_ content: String, of address: Address, from origin: ContentOrigin) {
      (self.content, self.address, self.origin) = (content, address, origin)
    }
  }
}

/// Something in a script that a shell can't read.
public struct ShellFault: Hashable, Sendable {
  /// The script, by its place among those that were asked about.
  public let script: Int
  /// The line of the script, from 1, at which the shell gave up.
  public let line: Int
  /// What the shell says, without its own name and the line.
  public let message: String

  /// What the shell says of a line of a script.
  public init(script: Int, line: Int, message: String) {
    self.script = script
    self.line = line
    self.message = message
  }
}
