// SPDX-License-Identifier: Apache-2.0

/// The command words of the Dockerfile form.
public enum CommandWord: String, Hashable, Sendable, CaseIterable {
  /// Runs a shell script on the instance.
  case run = "RUN"
  /// Sets system variables.
  case env = "ENV"
  /// Sets the working directory.
  case workdir = "WORKDIR"
  /// Fetches a URL, or copies a path of the instance, into a folder.
  case copy = "COPY"
  /// Chooses the account of the commands that follow.
  case user = "USER"
  /// Sets metadata.
  case label = "LABEL"
  /// Names the command to run when the system starts.
  case cmd = "CMD"
  /// Names the program to run when the system starts.
  case entrypoint = "ENTRYPOINT"
  /// Reboots the instance.
  case restart = "RESTART"
  /// Inserts a component; only in a pipeline's content.
  case component = "COMPONENT"
  /// Names the source image; only in a pipeline's content, where the service ignores it.
  case from = "FROM"
}

/// One command of the Dockerfile form with its argument taken apart.
public enum ContentCommand: Hashable, Sendable {
  /// A name with a value, as `ENV` and `LABEL` take them.
  public struct Pair: Hashable, Sendable {
    /// The name, without quotes.
    public let name: String
    /// The value with its quotes and escapes resolved; `$` and what follows stay as they are.
    public let value: String
    /// The value as written.
    public let written: String

    /// The pair of `name` and `value`, the latter written as `written`.
    public init(name: String, value: String, written: String) {
      self.name = name
      self.value = value
      self.written = written
    }
  }

  /// What `CMD` and `ENTRYPOINT` start.
  public enum Start: Hashable, Sendable {
    /// A program and its arguments, written as a JSON list of strings.
    case exec([String])
    /// A line for the shell.
    case shell(String)
  }

  /// What `FROM` names.
  public enum Source: Hashable, Sendable {
    /// An image, `IMAGE:id`.
    case image(String)
    /// The newest image of a family, `IMAGE_FAMILY:name`.
    case family(String)
  }

  /// `RUN script`
  case run(String)
  /// `ENV name="value" …` or `ENV name value`
  case env([Pair])
  /// `WORKDIR path`
  case workdir(String)
  /// `COPY source destination`
  case copy(source: String, destination: String)
  /// `USER name`
  case user(String)
  /// `LABEL name="value" …`
  case label([Pair])
  /// `CMD ["program", "argument"]` or `CMD line`
  case cmd(Start)
  /// `ENTRYPOINT ["program", "argument"]` or `ENTRYPOINT line`
  case entrypoint(Start)
  /// `RESTART`
  case restart
  /// `COMPONENT reference --name value …`
  case component(ComponentHandle, [ComponentArgument])
  /// `FROM IMAGE:id` or `FROM IMAGE_FAMILY:name`
  case from(Source)

  /// The word that the command begins with.
  public var word: CommandWord {
    switch self {
    case .run: .run
    case .env: .env
    case .workdir: .workdir
    case .copy: .copy
    case .user: .user
    case .label: .label
    case .cmd: .cmd
    case .entrypoint: .entrypoint
    case .restart: .restart
    case .component: .component
    case .from: .from
    }
  }
}
