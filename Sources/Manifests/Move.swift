// SPDX-License-Identifier: Apache-2.0

public import ManifestSyntax
public import Resources

/// A change of name that the stack tells of: what bears the old address is the resource of the new one.
public struct Move: Hashable, Sendable {
  /// The address before, without version.
  public let from: Address
  /// The address after, without version.
  public let to: Address
  /// Where `from` stands.
  public let place: Location
}

extension Move {
  init?(_ node: Node, file: String, into problems: inout Problems) {
    guard let move = MappingReader(node, what: "moved", file: file, into: &problems) else { return nil }
    move.rejectUnknown(ManifestGrammar.move.names, into: &problems)
    guard let from = move.address("from", into: &problems), let to = move.address("to", into: &problems)
    else { return nil }
    if from.kind != to.kind {
      problems.report(.wrongType("moved.to", expected: "a \(from.kind)", at: move.location(of: "to")))
    }
    self.init(from: from, to: to, place: move.location(of: "from"))
  }
}

extension [Move] {
  /// The last address that each moved one leads to, by `from`, both as text.
  ///
  /// Who skipped an apply has objects that several moves lead on.
  var destinations: [String: String] {
    let next = Dictionary(map { ($0.from, $0.to) }, uniquingKeysWith: { first, _ in first })
    var destinations: [String: String] = [:]
    for move in self {
      var last = move.to
      // Moves in a circle are an error; here they only must come to an end.
      for _ in indices {
        guard let further = next[last] else { break }
        last = further
      }
      destinations[move.from.unversioned] = last.unversioned
    }
    return destinations
  }

  /// Tells of moves that would rename anew with every apply, or that say two things of one resource.
  func check(against described: [DescribedResource], into problems: inout Problems) {
    let destinations = destinations
    let intermediate = Set(map(\.to))
    var places: [Address: Location] = [:]
    var arrivals: [String: Location] = [:]
    for move in self {
      if let first = places[move.from] {
        problems.report(
          Diagnostic(
            .error, rule: "contradictory-move", "\(move.from) is moved twice", at: move.place,
            related: [Diagnostic.Related("it is moved here already", at: first)]))
        continue
      }
      places[move.from] = move.place
      if !intermediate.contains(move.from), let destination = destinations[move.from.unversioned] {
        if let first = arrivals[destination] {
          problems.report(
            Diagnostic(
              .error, rule: "contradictory-move", "two addresses are moved to \(destination)", at: move.place,
              related: [Diagnostic.Related("this is the other", at: first)]))
        }
        arrivals[destination] = move.place
      }
      if let resource = described.first(where: { $0.address.unversioned == move.from.unversioned }) {
        problems.report(
          Diagnostic(
            .error, rule: "contradictory-move",
            "\(move.from) is moved to \(move.to), and described all the same", at: move.place,
            related: [Diagnostic.Related("it is described here", at: resource.location)],
            hint: "once every target is applied the move has done its work: remove it"))
      } else if destinations[move.from.unversioned].map({ next in contains { $0.from.unversioned == next } })
        ?? false
      {
        problems.report(
          Diagnostic(
            .error, rule: "contradictory-move", "the moves of \(move.from) lead in a circle", at: move.place,
            hint: "remove the oldest of them"))
      }
    }
  }
}

extension MappingReader {
  fileprivate func address(_ key: String, into problems: inout Problems) -> Address? {
    guard let text = required(key, into: &problems) else { return nil }
    guard let address = Address(text), address.version == nil else {
      problems.report(
        .wrongType("\(what).\(key)", expected: "like component/NAME or pipeline/NAME", at: location(of: key)))
      return nil
    }
    return address
  }
}
