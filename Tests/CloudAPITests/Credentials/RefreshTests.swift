// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import CloudAPI

/// When credentials that end are fetched anew, and by whom.
struct RefreshTests {
  private static let start = UTCTime(seconds: 1_767_322_980)

  @Test func oneFetchServesAllWhoWait() async throws {
    let source = Source()
    let refreshing = source.refreshing(at: Wall(Self.start))
    let keys = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await refreshing.credentials().accessKeyID } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(keys == ["k1"])
    #expect(source.count == 1)
  }

  @Test func fetchedAnewFromFifteenMinutesBeforeTheEnd() async throws {
    let wall = Wall(Self.start)
    let source = Source()
    let refreshing = source.refreshing(at: wall)
    try await #expect(refreshing.credentials().accessKeyID == "k1")
    wall.advance(by: .seconds(44 * 60))
    try await #expect(refreshing.credentials().accessKeyID == "k1")
    wall.advance(by: .seconds(60))
    try await #expect(refreshing.credentials().accessKeyID == "k2")
  }

  @Test func failedFetchGoesUnnoticedWhileTheOldOnesAreGood() async throws {
    let wall = Wall(Self.start)
    let source = Source()
    let refreshing = source.refreshing(at: wall)
    _ = try await refreshing.credentials()
    source.fail(true)
    wall.advance(by: .seconds(50 * 60))
    try await #expect(refreshing.credentials().accessKeyID == "k1")
    try await #expect(refreshing.credentials().accessKeyID == "k1")
    #expect(source.count == 2)
    wall.advance(by: .seconds(9 * 60 + 30))
    await #expect(throws: CredentialFailure.self) { try await refreshing.credentials() }
    source.fail(false)
    try await #expect(refreshing.credentials().accessKeyID == "k4")
  }

  @Test func rejectedOnesAreFetchedAnewOnce() async throws {
    let source = Source()
    let refreshing = source.refreshing(at: Wall(Self.start))
    let old = try await refreshing.credentials()
    try await #expect(refreshing.credentials(replacing: old).accessKeyID == "k2")
    try await #expect(refreshing.credentials(replacing: old).accessKeyID == "k2")
  }

  @Test func handedOutAfterTheirEndIsAnError() async {
    let source = Source(lifetime: .seconds(-1))
    await #expect(throws: CredentialFailure.self) {
      try await source.refreshing(at: Wall(Self.start)).credentials()
    }
  }

  @Test func shortLivedOnesAreUsedAndFetchedAgain() async throws {
    let source = Source(lifetime: .seconds(300))
    let refreshing = source.refreshing(at: Wall(Self.start))
    try await #expect(refreshing.credentials().accessKeyID == "k1")
    try await #expect(refreshing.credentials().accessKeyID == "k2")
  }
}

private final class Wall: Sendable {
  private let time: Mutex<UTCTime>

  init(_ time: UTCTime) { self.time = Mutex(time) }

  var now: UTCTime { time.withLock { $0 } }

  func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// Hands out `k1`, `k2` … and counts.
private final class Source: Sendable {
  private let state = Mutex<(count: Int, fails: Bool)>((0, false))
  private let lifetime: Duration

  init(lifetime: Duration = .seconds(3600)) { self.lifetime = lifetime }

  var count: Int { state.withLock { $0.count } }

  func fail(_ fails: Bool) { state.withLock { $0.fails = fails } }

  func refreshing(at wall: Wall) -> RefreshingCredentials {
    RefreshingCredentials(
      name: "test",
      time: Timekeeper(now: { wall.now }, elapsed: { .zero }, sleep: { _ in })
    ) { () async throws(CredentialFailure) -> Credentials in
      await Task.yield()
      let (count, fails) = self.state.withLock { state in
        state.count += 1
        return state
      }
      if fails { throw CredentialFailure("test", "down") }
      return Credentials(
        accessKeyID: "k\(count)", accessKeySecret: RedactedSecret("s"), expiration: wall.now + self.lifetime)
    }
  }
}
