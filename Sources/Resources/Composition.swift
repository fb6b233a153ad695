// SPDX-License-Identifier: Apache-2.0

/// Build or test content put together from steps, some of which name components of the stack.
public struct Composition: Hashable, Sendable {
  /// A part of the content.
  public enum Piece: Hashable, Sendable {
    /// A command that needs nothing resolved.
    case command(String)
    /// A component of the stack, and what follows its id on the line.
    case component(ComponentReference, arguments: String)
  }

  /// The commands in order.
  public let pieces: [Piece]

  /// The content made of `pieces`.
  public init(_ pieces: [Piece]) {
    self.pieces = pieces
  }

  /// The components that it names, in order, each once.
  public var references: [ComponentReference] {
    var seen = Set<ComponentReference>()
    return pieces.compactMap { piece in
      guard case .component(let reference, _) = piece, seen.insert(reference).inserted else { return nil }
      return reference
    }
  }

  /// The content as text, with `name` giving what stands for each component of the stack.
  public func rendered(_ name: (ComponentReference) -> String) -> String {
    pieces.map { piece in
      switch piece {
      case .command(let command): command
      case .component(let reference, let arguments):
        "COMPONENT \(name(reference))" + (arguments.isEmpty ? "" : " \(arguments)")
      }
    }.joined(separator: "\n")
  }
}

/// How a pipeline names a component of its own stack.
public struct ComponentReference: Hashable, Sendable {
  /// The component's `metadata.name`.
  public let name: String
  /// Which of the described versions; the only one where nil.
  public let version: VersionPattern?
  /// Whether the content names the component by pattern, so that the service picks the version.
  public let follows: Bool

  /// The component `name`, in `version` where several are described.
  public init(_ name: String, version: VersionPattern? = nil, follows: Bool = false) {
    self.name = name
    self.version = version
    self.follows = follows
  }
}

extension ComponentReference: CustomStringConvertible {
  /// The reference as messages show it: `nginx` or `nginx@1.*.*`, and whether it follows.
  public var description: String {
    (version.map { "\(name)@\($0)" } ?? name) + (follows ? " (followed)" : "")
  }
}
