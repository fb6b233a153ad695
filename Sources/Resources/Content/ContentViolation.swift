// SPDX-License-Identifier: Apache-2.0

/// Where a content is used; what is allowed in it, and the service's codes, hang on that.
public enum ContentPlace: Hashable, Sendable {
  /// The operating systems that a component is made for.
  public enum System: String, Hashable, Sendable, CaseIterable {
    /// Linux, the service's default.
    case linux = "Linux"
    /// Windows, whose components are in the YAML form only.
    case windows = "Windows"
  }

  /// A component's `Content`.
  case component(System)
  /// A pipeline's `BuildContent`.
  case build
  /// A pipeline's `TestContent`.
  case test
}

/// Something for which the service refuses a content.
public struct ContentViolation: Hashable, Sendable {
  /// The rule that is broken.
  public let check: ContentCheck
  /// The service's error code, such as `EmptyCommandContent.RUN`.
  public let code: String
  /// The status of the service's answer.
  public let status: Int
  /// What is wrong, without a full stop.
  public let message: String
  /// What to do about it, where that is not plain.
  public let hint: String?
  /// Where in the content, in UTF-8 bytes.
  public let byteRange: Range<Int>

  init(
    _ check: ContentCheck, at place: ContentPlace, _ message: String, hint: String? = nil,
    _ byteRange: Range<Int>
  ) {
    self.check = check
    code = check.code(at: place)
    status = check.status
    self.message = message
    self.hint = hint
    self.byteRange = byteRange
  }

  /// The most violations that are told of one content; a text with more is not what its author thinks it is.
  public static let limit = 256
}

/// A rule of the service for contents: one row of its validation table.
public enum ContentCheck: Hashable, Sendable {
  /// A component has content.
  case present
  /// A content has at most 16,384 bytes.
  case size
  /// A content has at most 127 commands.
  case commandCount
  /// Each line begins with a word that the service knows.
  case knownCommand
  /// A component has no `COMPONENT` command.
  case noComponent
  /// A component has no `FROM` command.
  case noFrom
  /// A pipeline's content has at most one `FROM` command.
  case singleFrom
  /// `FROM` comes first.
  case fromFirst
  /// The command has an argument.
  case argument(CommandWord)
  /// The command's argument follows its grammar.
  case grammar(CommandWord)
  /// The URL of `COPY` has no query string.
  case plainURL
  /// `RESTART` has no argument.
  case bareRestart
  /// The form, or the structure, is one that the place takes.
  case form

  /// The largest content, in bytes of UTF-8.
  public static let maximumSize = contentLimit
  /// The most commands of a content.
  public static let maximumCommands = 127

  /// The code with which the service refuses what breaks the rule at `place`.
  public func code(at place: ContentPlace) -> String {
    switch self {
    case .present: "MissingParameter.Content"
    case .size: ContentCheck.sizeCode(at: place)
    case .commandCount: "InvalidImageTemplateCommandSize.ExceededMaxNumber"
    case .knownCommand: "InvalidImageTemplateCommand.NotSupported"
    case .noComponent: "InvalidCommand.Component"
    case .noFrom: "NotSupportedCommand.FROM"
    case .singleFrom: "DuplicatedCommand.FROM"
    case .fromFirst: "InvalidCommandOrder.FROM"
    case .argument(.from): "InvalidCommandContent.FROM"
    case .argument(.component), .grammar(.component), .grammar(.label), .grammar(.restart),
      .argument(.restart):
      ContentCheck.formCode(at: place)
    case .argument(let word): "EmptyCommandContent.\(word.rawValue)"
    case .grammar(let word): "InvalidCommandContent.\(word.rawValue)"
    case .plainURL: "InvalidCommandContent.COPY"
    case .bareRestart: "NotEmptyCommandContent.RESTART"
    case .form: ContentCheck.formCode(at: place)
    }
  }

  /// The status of the service's answer.
  public var status: Int { self == .noFrom ? 404 : 400 }

  private static func sizeCode(at place: ContentPlace) -> String {
    switch place {
    case .component: "InvalidContent.LengthExceeded"
    case .build: "InvalidBuildContent.LengthExceeded"
    case .test: "InvalidParameter.TestContent"
    }
  }

  private static func formCode(at place: ContentPlace) -> String {
    switch place {
    case .component: "InvalidParameter.Content"
    case .build: "InvalidParameter.BuildContent"
    case .test: "InvalidParameter.TestContent"
    }
  }
}
