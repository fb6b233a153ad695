// SPDX-License-Identifier: Apache-2.0

/// The states of one execution and when each begins: all that ever happens to it is known when it starts.
///
/// So there is nothing to run in the background and nothing to be lost by a crash: the state is a function of the time.
struct Timeline: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let state: ExecutionState
    /// In milliseconds since 1970.
    let begins: Int64
  }

  private(set) var entries: [Entry]

  /// The course of an execution that begins at `start`.
  init(
    from start: Int64, repairs: Bool, tests: Bool, build: ExecutionOutcome, test: ExecutionOutcome,
    lasting duration: (ExecutionState) -> Int64
  ) {
    var states: [ExecutionState] = repairs ? [.preparing, .repairing, .building] : [.preparing, .building]
    switch (build, test) {
    case (.hang, _): break
    case (.fail, _): states += [.releasing, .failed]
    case (_, .hang) where tests: states += [.testing]
    case (_, .fail) where tests: states += [.testing, .releasing, .testFailed]
    default:
      if tests { states.append(.testing) }
      let partial = build == .partial || test == .partial
      states += [.distributing, .releasing, partial ? .partitionSuccess : .success]
    }
    var time = start
    entries = states.map { state in
      defer { time += duration(state) }
      return Entry(state: state, begins: time)
    }
  }

  /// The entry that holds at `now`.
  func current(at now: Int64) -> Entry {
    entries.last { $0.begins <= now } ?? entries[0]
  }

  /// When it is over; `Int64.max` when it never is.
  var ends: Int64 {
    guard let last = entries.last, last.state.isTerminal else { return .max }
    return last.begins
  }

  /// When the image is there: after the build, unless the build has failed.
  var imageBegins: Int64? {
    guard let build = entries.firstIndex(where: { $0.state == .building }), build + 1 < entries.endIndex,
      entries.last?.state != .failed, entries.last?.state != .cancelled
    else { return nil }
    return entries[build + 1].begins
  }

  /// When the copies in other regions are there.
  var copiesBegin: Int64? {
    guard let index = entries.firstIndex(where: { $0.state == .distributing }) else { return nil }
    return entries[index + 1].begins
  }

  /// What was to come after `now` does not; instead `states` follow, each lasting `duration`.
  mutating func divert(at now: Int64, to states: [ExecutionState], lasting duration: Int64) {
    entries.removeAll { $0.begins > now }
    for (index, state) in states.enumerated() {
      entries.append(Entry(state: state, begins: now + Int64(index) * duration))
    }
  }
}

extension Timeline {
  /// The timeline as it is stored: `PREPARING@1;BUILDING@2`.
  var text: String { entries.map { "\($0.state.rawValue)@\($0.begins)" }.joined(separator: ";") }

  /// Reads what `text` wrote; nil for anything else.
  init?(_ text: String) {
    entries = []
    for part in text.split(separator: ";") {
      let halves = part.split(separator: "@")
      guard halves.count == 2, let state = ExecutionState(rawValue: String(halves[0])),
        let begins = Int64(halves[1])
      else { return nil }
      entries.append(Entry(state: state, begins: begins))
    }
    guard !entries.isEmpty else { return nil }
  }
}

extension EmulatorConfiguration {
  /// How long a state of an execution lasts, in milliseconds.
  func duration(of state: ExecutionState) -> Int64 {
    guard clock != .fast else { return 30 }
    return switch state {
    case .preparing: 60_000
    case .repairing: 60_000
    case .building: 300_000
    case .testing: 120_000
    case .distributing: 60_000
    case .releasing: 30_000
    case .cancelling: 20_000
    case .success, .partitionSuccess, .failed, .testFailed, .cancelled: 0
    }
  }
}
