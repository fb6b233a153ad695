// SPDX-License-Identifier: Apache-2.0

/// One step of a pipeline's `build` or `test` list.
public enum BuildStep: Hashable, Sendable {
  /// A component that a step names.
  public enum Component: Hashable, Sendable {
    /// One of the same stack.
    case stack(ComponentReference)
    /// One that the stack does not own, or is to be named as it stands.
    case handle(ComponentHandle)
  }

  /// A name with a value.
  public struct Pair: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value, as it is meant: without quotes and escapes.
    public let value: String

    /// The pair of `name` and `value`.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Inserts a component and hands it parameters.
  case component(Component, [ComponentArgument])
  /// Runs a shell script, which may have several lines.
  case run(String)
  /// Sets system variables; `$` in a value means what it means to the service.
  case env([Pair])
  /// Sets the working directory.
  case workdir(String)
  /// Fetches a URL, or copies a path of the instance, into a folder.
  case copy(source: String, destination: String)
  /// Chooses the account of the commands that follow.
  case user(String)
  /// Sets metadata.
  case label([Pair])
  /// Names the command to run when the system starts.
  case cmd(ContentCommand.Start)
  /// Names the program to run when the system starts.
  case entrypoint(ContentCommand.Start)
  /// Reboots the instance.
  case restart

  /// The command word that the step becomes.
  public var word: CommandWord {
    switch self {
    case .component: .component
    case .run: .run
    case .env: .env
    case .workdir: .workdir
    case .copy: .copy
    case .user: .user
    case .label: .label
    case .cmd: .cmd
    case .entrypoint: .entrypoint
    case .restart: .restart
    }
  }
}

/// Why a step can't be said in the content language.
public struct StepFault: Error, Hashable, Sendable {
  /// What is wrong, without a full stop.
  public let message: String
  /// What to do about it, where that is not plain.
  public let hint: String?
  /// Where in the step's script, in UTF-8 bytes; nil where the step as a whole is meant.
  public let scriptOffset: Int?

  /// The fault that `message` tells.
  package init(_ message: String, hint: String? = nil, scriptOffset: Int? = nil) {
    self.message = message
    self.hint = hint
    self.scriptOffset = scriptOffset
  }
}
