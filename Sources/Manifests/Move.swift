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
  /// The last address that each moved one leads to, by `from`, both as text; of an address that is moved twice the first
  /// move counts.
  ///
  /// Who skipped an apply has objects that several moves lead on.
  var destinations: [String: String] {
    let next = Dictionary(map { ($0.from, $0.to) }, uniquingKeysWith: { first, _ in first })
    var ends: [Address: Address] = [:]
    for move in self where ends[move.from] == nil {
      var path: [Address] = []
      var last = move.from
      // Moves in a circle are an error; here they only must come to an end.
      var passed: Set<Address> = []
      while passed.insert(last).inserted, let further = next[last] {
        path.append(last)
        last = ends[further] ?? further
      }
      for address in path { ends[address] = last }
    }
    return Dictionary(uniqueKeysWithValues: ends.map { ($0.key.unversioned, $0.value.unversioned) })
  }

  /// Tells of moves that would rename anew with every apply, or that say two things of one resource.
  func check(against described: [DescribedResource], into problems: inout Problems) {
    guard !isEmpty else { return }
    let destinations = destinations
    let intermediate = Set(map(\.to))
    let places = Dictionary(
      described.map { ($0.address.unversioned, $0.location) }, uniquingKeysWith: { first, _ in first })
    var departures: [String: Location] = [:]
    var arrivals: [String: Location] = [:]
    for move in self {
      let from = move.from.unversioned
      if let first = departures[from] {
        problems.report(
          move.contradiction(
            "\(from) is moved twice", Diagnostic.Related("it is moved here already", at: first)))
        continue
      }
      departures[from] = move.place
      let destination = destinations[from] ?? from
      if !intermediate.contains(move.from),
        let first = arrivals.updateValue(move.place, forKey: destination)
      {
        problems.report(
          move.contradiction(
            "two addresses are moved to \(destination)", Diagnostic.Related("this is the other", at: first)))
      }
      if let place = places[from] {
        problems.report(
          move.contradiction(
            "\(from) is moved to \(move.to), and described all the same",
            Diagnostic.Related("it is described here", at: place),
            hint: "once every target is applied the move has done its work: remove it"))
      } else if destinations[destination] != nil {
        problems.report(
          move.contradiction("the moves of \(from) lead in a circle", hint: "remove the oldest of them"))
      }
    }
  }
}

extension Move {
  fileprivate func contradiction(
    _ message: String, _ related: Diagnostic.Related..., hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(.error, rule: "contradictory-move", message, at: place, related: related, hint: hint)
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
