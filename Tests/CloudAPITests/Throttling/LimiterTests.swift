// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Logging
import Synchronization
import Testing

/// Many callers against a service that takes only so many requests, in virtual time.
struct LimiterTests {
  /// A limit, whether refusals name a pause, and how many callers there are.
  struct World: Sendable, CustomTestStringConvertible {
    let limit: LimitedService.Limit
    let namesPause: Bool
    let width: Int

    var testDescription: String { "\(limit), \(namesPause ? "named" : "unnamed") pause, \(width) callers" }
  }

  static let worlds: [World] = [
    LimitedService.Limit.fixedSecond(20), .slidingSecond(20), .bucket(20), .spaced(20),
  ].flatMap { limit in
    [10, 64].flatMap { width in
      [true, false].map { World(limit: limit, namesPause: $0, width: width) }
    }
  }

  @Test(arguments: worlds)
  func fiveHundredCreatesTakeLittleMoreThanTheLeastPossible(_ world: World) async throws {
    let run = await run(world, calls: 500)
    #expect(run.failures == [])
    // To find the pace of a service that spaces requests evenly and names no pause takes a little longer.
    let allowance = world.limit == .spaced(20) && !world.namesPause ? 1.2 : 1.15
    #expect(run.took <= .seconds(25) * allowance, "\(run)")
  }

  @Test(arguments: worlds)
  func fewRequestsAreRefused(_ world: World) async throws {
    let run = await run(world, calls: 500)
    #expect(run.refused <= world.width + 100, "\(run)")
  }

  @Test func singleRefusalsHoldUpOnlyTheirOwnCaller() async throws {
    let run = await run(World(limit: .oneIn(20), namesPause: false, width: 10), calls: 2000)
    #expect(run.failures == [])
    // Ten callers at 50 ms each need 10 s.
    #expect(run.took <= .seconds(25), "\(run)")
  }

  @Test func longRunsKeepThePace() async throws {
    let run = await run(World(limit: .fixedSecond(20), namesPause: false, width: 10), calls: 6000)
    #expect(run.failures == [])
    #expect(run.took <= .seconds(300) * 1.15, "\(run)")
  }

  @Test(arguments: [true, false])
  func limitsByTheMinuteAreSeenThrough(namesPause: Bool) async throws {
    let run = await run(World(limit: .minute(100), namesPause: namesPause, width: 10), calls: 350)
    #expect(run.failures == [])
    #expect(run.took <= .seconds(180) * 1.15, "\(run)")
  }

  struct Run: CustomStringConvertible {
    let took: Duration
    let failures: [String]
    let refused: Int

    var description: String { "\(took), \(refused) refused, \(failures.count) failed" }
  }

  private func run(_ world: World, calls: Int) async -> Run {
    let time = VirtualTime(workers: world.width)
    let service = LimitedService(world.limit, namesPause: world.namesPause, time: time)
    let client = CloudClient.testing(service, time: time, policy: RetryPolicy(callDeadline: .seconds(900)))
    let tally = Tally(calls)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<world.width {
        group.addTask {
          while let number = tally.next() {
            do {
              _ = try await client.send(
                Call("CreateImageComponent", [("ClientToken", "t\(number)")], kind: .create))
            } catch {
              tally.note("\(error)")
            }
          }
          time.retire()
        }
      }
    }
    return Run(
      took: service.accepted.last ?? .zero, failures: tally.failures, refused: service.refused)
  }
}

/// The numbers of the calls to make, and what became of them.
private final class Tally: Sendable {
  private let state = Mutex<(next: Int, failures: [String])>((0, []))
  private let calls: Int

  init(_ calls: Int) { self.calls = calls }

  var failures: [String] { state.withLock { $0.failures } }

  func next() -> Int? {
    state.withLock { state in
      guard state.next < calls else { return nil }
      state.next += 1
      return state.next
    }
  }

  func note(_ failure: String) { state.withLock { $0.failures.append(failure) } }
}
