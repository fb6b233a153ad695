// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Synchronization
import Testing

/// What is told of calls that take long.
struct CallsUnderWayTests {
  @Test func aThrottledCallIsToldAfterFiveSecondsAndThenEachHalfMinute() async throws {
    let time = VirtualTime()
    let underWay = CallsUnderWay()
    let told = Mutex<[CallsUnderWay.LongCall]>([])
    let transport = Watched(time: time) {
      let calls = underWay.overdue(at: time.elapsed)
      told.withLock { $0 += calls }
    }
    let client = CloudClient.testing(
      transport, time: time, policy: RetryPolicy(callDeadline: .seconds(70), throttledDeadline: .seconds(70)),
      underWay: underWay)
    await #expect(throws: CallFailure.self) { try await client.send(Call("DescribeRegions", kind: .read)) }
    let calls = told.withLock { $0 }
    #expect(calls.map(\.operation) == ["DescribeRegions", "DescribeRegions", "DescribeRegions"])
    #expect(calls.allSatisfy { $0.isThrottled && $0.duration >= .seconds(5) && $0.attempts > 1 })
    #expect(underWay.overdue(at: .seconds(1000)) == [])
  }

  /// Refuses everything, and lets `look` see what goes on.
  private struct Watched: Transport {
    let time: VirtualTime
    let look: @Sendable () -> Void

    func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
      do { try await time.sleep(.milliseconds(100)) } catch { throw .cancelled }
      look()
      return HTTPAnswer(
        status: 400, body: Array(#"{"RequestId":"R","Code":"Throttling.User","Message":"too many"}"#.utf8))
    }
  }
}
