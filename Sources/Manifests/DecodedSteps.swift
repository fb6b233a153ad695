// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// A `build:` or `test:` list, read.
struct DecodedSteps {
  /// What a step hands its component, and where it stands.
  struct Argument: Sendable {
    let argument: ComponentArgument
    var key: Location
    var value: Location
  }

  /// A step that names a component of the stack.
  struct Reference: Sendable {
    let reference: ComponentReference
    var arguments: [Argument]
    /// Whether all of the arguments could be read.
    let isWhole: Bool
    var place: Location
    /// Where the version stands that the step asks for.
    var versionPlace: Location?
    let isTest: Bool
    /// The piece that the component's commands take the place of; nil where the component is named.
    let inlinePiece: Int?
  }

  private(set) var composition = Composition([])
  private(set) var references: [Reference] = []
  /// Where the step of each piece stands.
  private(set) var places: [Location] = []
  /// The step of each piece.
  private(set) var nodes: [Node] = []
  let isTest: Bool
  /// Whether every step could be read.
  private(set) var isWhole = true

  /// Reads the steps of `node`, the value of `key`; what can't be read is reported and left out.
  init(_ node: Node, called key: String, file: String, into problems: inout Problems) {
    isTest = key == "test"
    guard case .sequence(let elements) = node.content else {
      isWhole = false
      if node.tag != nil { return }
      problems.report(
        .wrongType(
          key, expected: "a list of steps", at: Location(file: file, range: node.range),
          hint: node.scalar == nil ? nil : "text goes under \(key)Content"))
      return
    }
    var pieces: [Composition.Piece] = []
    pieces.reserveCapacity(elements.count)
    places.reserveCapacity(elements.count)
    nodes.reserveCapacity(elements.count)
    for element in elements {
      var reader = StepReader(element, file: file, isTest: isTest, piece: pieces.count, into: &problems)
      let piece = reader?.piece(into: &problems)
      if let reference = reader?.reference { references.append(reference) }
      guard let piece else {
        isWhole = false
        continue
      }
      pieces.append(piece)
      places.append(Location(file: file, range: element.range))
      nodes.append(element)
    }
    composition = Composition(pieces)
  }

  /// The line of each piece; an id is as long as the service's own, so that the size is the one that is sent.
  var lines: [String] {
    composition.pieces.map { Composition([$0]).rendered { _ in DecodedSteps.exampleID } }
  }

  /// An id as long as those of the service.
  static let exampleID = "ic-00000000000000000000"
}
