// SPDX-License-Identifier: Apache-2.0

import Resources

extension Planner {
  /// Puts off retirements that the service would not let happen now: they are listed apart, and each later
  /// plan looks again.
  mutating func deferRetirements() {
    guard changes.contains(where: \.retires) else { return }
    deferRunning()
    deferUsed()
    deferRefused()
  }

  /// Puts off deletions of pipelines of which an execution is under way, unless it is waited for.
  private mutating func deferRunning() {
    let executions = observed.circumstances.executions
    guard !executions.isEmpty else { return }
    if options.waitsForExecutions {
      for index in changes.indices where changes[index].retires {
        guard let id = changes[index].before?.id, let execution = executions[id] else { continue }
        changes[index].reasons.append("\(id) is deleted once its execution \(execution) has ended")
      }
      return
    }
    putOff { object in
      executions[object.id].map { Obstacle("its execution \($0) is under way") }
    }
  }

  /// Puts off deletions of components that a pipeline still names: one that is kept, retained or put off itself,
  /// one that is made, or one that the stack does not own.
  private mutating func deferUsed() {
    let users = users()
    guard !users.isEmpty else { return }
    putOff { object in
      users[object.id].map { Obstacle("\($0) still uses it") }
    }
  }

  /// Puts off deletions that the service has refused for a use that no list shows; an apply tries them again.
  private mutating func deferRefused() {
    let refused = observed.circumstances.refusedDeletions
    guard !refused.isEmpty else { return }
    putOff { object in
      refused[object.id].map { Obstacle(refused: $0) }
    }
  }

  /// Puts off the retirements that `obstacle` says something stands in the way of; a successor comes to be all the same.
  private mutating func putOff(_ obstacle: (ObservedResource) -> Obstacle?) {
    changes = changes.flatMap { change -> [ResourceChange] in
      guard change.retires, let object = change.before, let obstacle = obstacle(object) else {
        return [change]
      }
      let address = object.address ?? change.address
      deferred.append(Deferral(address: address, id: object.id, reason: obstacle.reason))
      var left: [ResourceChange] = []
      if change.action == .replace {
        var creation = change
        creation.action = .create
        creation.reasons.append("\(object.id) stays for now\(obstacle.clause)")
        left.append(creation)
      }
      if obstacle.isTriedAgain {
        left.append(ResourceChange(address, .nothing, before: object, isTriedAgain: true))
      }
      return left
    }
  }

  /// What names components that are to go, by the component's id, as the beginning of a sentence.
  private func users() -> [String: String] {
    let going = GoingComponents(changes, owned: observed.owned, strangers: observed.strangers)
    guard !going.isEmpty else { return [:] }
    let leaving = Set(changes.filter(\.retires).compactMap { $0.before?.id })
    let circumstances = observed.circumstances
    var users: [String: String] = [:]
    for object in observed.owned where !leaving.contains(object.id) {
      guard let address = object.address, address.kind == .pipeline else { continue }
      for id in going.named(by: object.namedComponents, under: circumstances) {
        users[id] = address.description
      }
    }
    for change in changes where change.action == .create || change.action == .replace {
      let handles = change.after?.resolved { "<\($0)>" }?.namedComponents ?? []
      for id in going.named(by: handles, under: circumstances) { users[id] = change.address.description }
    }
    for use in observed.circumstances.foreignUses {
      let name = use.name.map { " (\($0))" } ?? ""
      for id in going.named(by: use.handles, under: circumstances) where users[id] == nil {
        users[id] = "\(use.pipelineID)\(name), which the stack does not own,"
      }
    }
    return users
  }
}

/// Components that a plan takes away, found by what contents call them.
private struct GoingComponents {
  private var ids: Set<String> = []
  private var going: [String: [(version: Version, id: String)]] = [:]
  /// Versions that stay or come to be, by the service's name for the component.
  private var staying: [String: [Version]] = [:]

  var isEmpty: Bool { ids.isEmpty }

  init(_ changes: [ResourceChange], owned: [ObservedResource], strangers: [ObservedResource]) {
    for change in changes where change.retires {
      if let object = change.before, object.resource.kind == .component { ids.insert(object.id) }
    }
    guard !ids.isEmpty else { return }
    for object in owned + strangers {
      guard let version = object.version, let name = object.resource.wireName else { continue }
      if ids.contains(object.id) {
        going[name, default: []].append((version, object.id))
      } else {
        staying[name, default: []].append(version)
      }
    }
    for change in changes where change.action == .create || change.action == .replace {
      guard let version = change.after?.address.version, let name = change.after?.resource.wireName else {
        continue
      }
      staying[name, default: []].append(version)
    }
  }

  /// The ids of those that `handles` mean.
  ///
  /// A name with a pattern means the newest version that fits, and so none of these where a newer one fits that stays.
  func named(by handles: [ComponentHandle], under circumstances: Circumstances) -> [String] {
    handles.compactMap { handle in
      switch handle {
      case .id(let id): return ids.contains(id) ? id : nil
      case .arn(let arn):
        guard circumstances.mayHold(arn),
          let newest = going[arn.name]?.filter({ arn.version.matches($0.version) })
            .max(by: { $0.version < $1.version })
        else { return nil }
        let isOutdone = (staying[arn.name] ?? []).contains {
          arn.version.matches($0) && newest.version < $0
        }
        return isOutdone ? nil : newest.id
      }
    }
  }
}

extension ResourceChange {
  /// Whether the object that exists goes.
  var retires: Bool { action == .delete || action == .replace }
}

/// What keeps an object from being deleted now.
private struct Obstacle {
  /// What the retirement waits for.
  let reason: String
  /// The same as the end of a sentence about the object.
  let clause: String
  /// Whether only the service's word stands in the way, so that an apply asks again.
  let isTriedAgain: Bool

  /// What the plan itself sees.
  init(_ reason: String) {
    self.reason = reason
    clause = ", as \(reason)"
    isTriedAgain = false
  }

  /// What the service gave as its reason when it was asked.
  init(refused reason: String) {
    self.reason = "\(reason), as the service said; apply asks again"
    clause = ": \(reason)"
    isTriedAgain = true
  }
}
