// SPDX-License-Identifier: Apache-2.0

/// The content of a component, made of a Dockerfile, with what could not be carried over.
///
/// A Dockerfile describes a container, a component what is done to a machine: much of the one has no counterpart in the
/// other. Nothing is left out in silence.
public struct DockerfileImport: Sendable {
  /// What became of an instruction that is not in the content as it was.
  public struct Remark: Hashable, Sendable {
    /// The line, from 1, on which it begins.
    public let line: Int
    /// Whether something takes its place.
    public let isMapped: Bool
    /// What happened, without a full stop.
    public let message: String
    /// What to do now, where there is something to do.
    public let hint: String?
  }

  /// The content in the Dockerfile form; empty where nothing could be carried over.
  public var content: String { commands.map { $0 + "\n" }.joined() }
  /// What the image starts from, as `FROM` names it.
  public private(set) var baseImage: String?
  /// What is not as it was, in the order of the lines.
  public var remarks: [Remark] { unsorted.sorted { $0.line < $1.line } }

  var commands: [String] = []
  private var unsorted: [Remark] = []
  /// The arguments before the first `FROM`, by name.
  private(set) var globals: [String: DockerfileInstruction] = [:]
  /// The words of the last `SHELL`.
  var shell: [String]?

  /// Reads a Dockerfile.
  public init(_ text: String) {
    let read = DockerfileInstructions(text)
    for (name, directive) in read.directives {
      remark(directive.line, "the directive # \(name) is left out", nil, isMapped: true)
    }
    let stages = DockerfileStages(read.all)
    for instruction in stages.global {
      globals[instruction.name] = instruction
      remark(
        instruction.line, "\(instruction.word) \(instruction.name) is left out: it is for FROM", nil,
        isMapped: true)
    }
    for instruction in stages.leftOut { leaveOutStage(instruction) }
    baseImage = stages.carried.first { $0.word == "FROM" }?.words.first { !$0.hasPrefix("--") }
    let start = DockerfileStart(stages.carried)
    for instruction in stages.carried {
      if stages.isInner(instruction) {
        remark(
          instruction.line, "FROM \(instruction.argument) goes on with the stage above", nil, isMapped: true)
      } else if start.concerns(instruction) {
        carry(start, at: instruction)
      } else {
        carry(instruction)
      }
    }
    if let first = read.comments.first {
      let count = read.comments.count
      remark(
        first,
        "\(count == 1 ? "a line of comments is" : "\(count) lines of comments are") left out, "
          + "as the service documents none",
        "put what is worth keeping into the manifest, as comments of YAML")
    }
  }

  /// Notes that something is left out.
  mutating func remark(_ line: Int, _ message: String, _ hint: String?, isMapped: Bool = false) {
    unsorted.append(Remark(line: line, isMapped: isMapped, message: message, hint: hint))
  }

  /// Adds the command of a step, or notes why it can't be said.
  mutating func add(_ step: BuildStep, for instruction: DockerfileInstruction) {
    do {
      if case .command(let command) = try step.rendered() { commands.append(command) }
    } catch {
      remark(instruction.line, "\(instruction.word) is left out: \(error.message)", error.hint)
    }
  }

  private mutating func leaveOutStage(_ from: DockerfileInstruction) {
    remark(
      from.line, "the stage of FROM \(from.argument) is left out: an image has one stage",
      "what it builds must come from elsewhere, such as a package or an archive that the build fetches")
  }
}

/// Which instructions make up the image, and which belong to stages that are only copied from.
struct DockerfileStages {
  /// In the order in which they run; each stage with its `FROM`.
  private(set) var carried: [DockerfileInstruction] = []
  /// The `FROM` of each stage that is not carried.
  private(set) var leftOut: [DockerfileInstruction] = []
  /// What stands before the first `FROM`, for that alone; nothing where there is none.
  private(set) var global: [DockerfileInstruction] = []
  private var innerLines: Set<Int> = []

  /// Whether the instruction is a `FROM` that names another stage.
  func isInner(_ instruction: DockerfileInstruction) -> Bool { innerLines.contains(instruction.line) }

  init(_ instructions: [DockerfileInstruction]) {
    var stages: [[DockerfileInstruction]] = []
    for instruction in instructions {
      if instruction.word == "FROM" || stages.isEmpty { stages.append([]) }
      stages[stages.count - 1].append(instruction)
    }
    if stages.count > 1, stages[0].from == nil { global = stages.removeFirst() }
    guard !stages.isEmpty else { return }
    var chain = [stages.count - 1]
    while let first = chain.first, let base = stages[first].base,
      let parent = stages[..<first].lastIndex(where: { $0.name == base })
    {
      chain.insert(parent, at: 0)
    }
    carried = chain.flatMap { stages[$0] }
    innerLines = Set(chain.dropFirst().compactMap { stages[$0].from?.line })
    leftOut = stages.indices.filter { !chain.contains($0) }.compactMap { stages[$0].from }
  }
}

extension [DockerfileInstruction] {
  fileprivate var from: DockerfileInstruction? { first.flatMap { $0.word == "FROM" ? $0 : nil } }

  /// What the stage begins from, in lower case.
  fileprivate var base: String? { from?.words.first?.lowercased() }

  /// What later stages call it, in lower case.
  fileprivate var name: String? {
    guard let words = from?.words, words.count == 3, words[1].lowercased() == "as" else { return nil }
    return words[2].lowercased()
  }
}
