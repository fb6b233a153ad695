// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What goes back over a connection.
struct Delivery: Sendable {
  /// The answer; nil closes the connection without one.
  var answer: ServiceAnswer?
  /// After how many bytes of the body the connection ends, where that is before its end.
  var endsAfter: Int?
}

/// Stands between the connection and the service: knows the time, and lets go wrong what is to go wrong.
final class Front: Sendable {
  let service: Service
  private let clock: WorldClock
  private let dice: Mutex<FaultDice>
  private let hasControl: Bool

  init(_ service: Service, _ configuration: EmulatorConfiguration) {
    self.service = service
    clock = WorldClock(configuration)
    dice = Mutex(FaultDice(configuration.faults))
    hasControl = configuration.controlEndpoint
  }

  func respond(to request: ServiceRequest) async throws -> Delivery {
    if hasControl, request.path.hasPrefix(Control.prefix) {
      return Delivery(answer: try await Control(front: self).answer(request))
    }
    let faults = dice.withLock { dice in
      dice.isIdle ? [] : dice.roll(for: ReceivedCall(request).action)
    }
    guard faults.isEmpty else { return try await respond(to: request, Mishap(faults)) }
    return Delivery(answer: await service.answerInBackground(request, at: clock.moment))
  }

  private func respond(to request: ServiceRequest, _ mishap: Mishap) async throws -> Delivery {
    switch mishap.instead {
    case .silence: return Delivery()
    case .page(let status): return Delivery(answer: .page(status: status))
    case .refusal(let refusal): return Delivery(answer: service.refuse(request, refusal))
    case nil: break
    }
    var answer = await service.answerInBackground(request, at: clock.moment, conditions: mishap.conditions)
    if mishap.arrivesTwice {
      var again = mishap.conditions
      again.isRedelivery = true
      answer = await service.answerInBackground(request, at: clock.moment, conditions: again)
    }
    if mishap.delay > 0 { try await Task.sleep(for: .milliseconds(mishap.delay)) }
    switch mishap.afterwards {
    case .nothing: return Delivery(answer: answer)
    case .silence: return Delivery()
    case .refusal(let refusal): return Delivery(answer: service.refuse(request, refusal))
    case .cut(let bytes):
      return Delivery(answer: answer, endsAfter: min(bytes, max(0, answer.body.count - 1)))
    case .corruption: return Delivery(answer: answer.corrupted)
    }
  }

  /// What goes wrong from now on.
  func setFaults(_ plan: FaultPlan) {
    dice.withLock { $0 = FaultDice(plan) }
  }

  /// Turns the clock on; nothing happens unless it is turned by hand.
  func advance(milliseconds: Int64) -> Bool { clock.advance(milliseconds) }

  /// The present moment.
  var moment: Moment { clock.moment }
}

/// The time of the emulated world.
final class WorldClock: Sendable {
  private let now: @Sendable () -> Int64
  /// Nil where the time passes by itself.
  private let turned: Mutex<Int64?>

  init(_ configuration: EmulatorConfiguration) {
    now = configuration.now
    turned = Mutex(configuration.clock == .manual ? configuration.now() : nil)
  }

  var moment: Moment { Moment(wall: now(), service: turned.withLock { $0 }) }

  func advance(_ milliseconds: Int64) -> Bool {
    turned.withLock { time in
      guard let old = time else { return false }
      time = old + max(0, milliseconds)
      return true
    }
  }
}
