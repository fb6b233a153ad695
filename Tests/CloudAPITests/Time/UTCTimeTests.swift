// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Testing

struct UTCTimeTests {
  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_767_323_045, "2026-01-02T03:04:05Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
  ])
  func isoFormGoesBothWays(seconds: Int64, text: String) {
    #expect(UTCTime(seconds: seconds).iso8601 == text)
    #expect(UTCTime(iso8601: text) == UTCTime(seconds: seconds))
  }

  @Test func everyDayOfFourCenturiesGoesBothWays() {
    for day in stride(from: Int64(-50_000), to: 100_000, by: 7) {
      let time = UTCTime(seconds: day * 86_400 + 3723)
      #expect(UTCTime(iso8601: time.iso8601) == time)
    }
  }

  @Test(arguments: [
    "", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-02T24:00:00Z",
    "2026-01-02T03:60:00Z", "26-01-02T03:04:05Z", "2026-01-02T03:04:05+08:00Z", "2026-01-02T03:04:05.Z", "Z",
    "T", "TZ",
  ])
  func otherTextsAreNotDates(text: String) { #expect(UTCTime(iso8601: text) == nil) }

  @Test(arguments: [("2026-01-02T03:04:05.5Z", 500), ("2026-01-02T03:04:05.012345678Z", 12)])
  func fractionsAreRead(text: String, milliseconds: Int64) {
    #expect(UTCTime(iso8601: text) == UTCTime(milliseconds: 1_767_323_045_000 + milliseconds))
  }

  @Test func httpDateIsRead() {
    #expect(UTCTime(httpDate: "Fri, 02 Jan 2026 03:04:05 GMT") == UTCTime(seconds: 1_767_323_045))
    #expect(UTCTime(httpDate: "Fri, 02 Jan 2026 03:04:05") == nil)
    #expect(UTCTime(httpDate: "Friday, 02-Jan-26 03:04:05 GMT") == nil)
  }

  @Test(arguments: [(Int64(0), Int64(60_000)), (1, 59_999), (59_999, 1), (-1, 1)])
  func nextMinuteIsAhead(milliseconds: Int64, ahead: Int64) {
    #expect(UTCTime(milliseconds: milliseconds).untilNextMinute == .milliseconds(ahead))
  }
}
