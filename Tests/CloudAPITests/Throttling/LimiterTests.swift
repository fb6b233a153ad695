// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Logging
import Synchronization
import Testing

/// Many callers against a service that takes only so many requests, in virtual time.
struct LimiterTests {
  /// A limit, whether refusals name a pause, how many callers there are, and how long answers take.
  struct World: Sendable, CustomTestStringConvertible {
    let limit: LimitedService.Limit
    let namesPause: Bool
    let width: Int
    var latency = LimitedService.Latency(mean: .milliseconds(50))

    var testDescription: String {
      "\(limit), \(namesPause ? "named" : "unnamed") pause, \(width) callers, \(latency)"
    }
  }

  /// Twenty requests a second, by each way to count.
  static let limits: [LimitedService.Limit] = [
    .fixedSecond(20), .slidingSecond(20), .bucket(20, atOnce: 20), .bucket(20, atOnce: 5), .spaced(20),
  ]

  static let worlds: [World] =
    limits.flatMap { limit in
      [true, false].flatMap { namesPause in
        latencies(for: limit).map {
          World(limit: limit, namesPause: namesPause, width: 10, latency: $0)
        } + [World(limit: limit, namesPause: namesPause, width: 64)]
      }
    }

  /// Answers near and far, as even and as uneven as a network's; a service that spaces requests evenly would refuse
  /// whoever comes uneven from afar, whatever the client does.
  private static func latencies(for limit: LimitedService.Limit) -> [LimitedService.Latency] {
    let even = [2, 50].map { LimitedService.Latency(mean: .milliseconds($0)) }
    let near = [UInt64](1...2).map { LimitedService.Latency(mean: .milliseconds(5), seed: $0) }
    let far = [UInt64](1...2).map { LimitedService.Latency(mean: .milliseconds(60), seed: $0) }
    return limit == .spaced(20) ? even + near : even + near + far
  }

  @Test(arguments: worlds)
  func fiveHundredCreatesTakeLittleMoreThanTheLeastPossible(_ world: World) async throws {
    let run = await run(world, calls: 500)
    #expect(run.failures == [])
    #expect(run.took <= .seconds(25) * 1.15, "\(run)")
    // Those who had called before the first refusal, and a fifth more.
    #expect(run.refused <= world.width + 100, "\(run)")
  }

  @Test(arguments: [UInt64](1...3))
  func singleRefusalsHoldUpOnlyTheirOwnCaller(seed: UInt64) async throws {
    let latency = LimitedService.Latency(mean: .milliseconds(50), seed: seed)
    let run = await run(
      World(limit: .oneIn(20), namesPause: false, width: 10, latency: latency), calls: 2000)
    #expect(run.failures == [])
    // Ten callers at 50 ms each need 10 s.
    #expect(run.took <= .seconds(25), "\(run)")
  }

  @Test(arguments: limits) func longRunsKeepThePace(limit: LimitedService.Limit) async throws {
    let run = await run(World(limit: limit, namesPause: false, width: 10), calls: 3000)
    #expect(run.failures == [])
    #expect(run.took <= .seconds(150) * 1.15, "\(run)")
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
    let service = LimitedService(
      world.limit, namesPause: world.namesPause, latency: world.latency, time: time)
    let client = CloudClient.testing(
      service, time: time, policy: RetryPolicy(callDeadline: .seconds(900)))
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
