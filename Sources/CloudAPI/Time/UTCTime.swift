// SPDX-License-Identifier: Apache-2.0

/// A moment of the wall clock, in milliseconds, without a calendar library.
package struct UTCTime: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds left out.
  package let milliseconds: Int64

  /// The moment `milliseconds` after 1970-01-01T00:00:00Z.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The moment `seconds` after 1970-01-01T00:00:00Z.
  package init(seconds: Int64) { milliseconds = seconds * 1000 }

  package static func < (left: UTCTime, right: UTCTime) -> Bool { left.milliseconds < right.milliseconds }

  /// The moment `duration` later, rounded down to a millisecond.
  package static func + (time: UTCTime, duration: Duration) -> UTCTime {
    UTCTime(milliseconds: time.milliseconds + duration.inMilliseconds)
  }

  /// The duration from `right` to `left`.
  package static func - (left: UTCTime, right: UTCTime) -> Duration {
    .milliseconds(left.milliseconds - right.milliseconds)
  }

  /// How long it takes until the next full minute; never zero.
  package var untilNextMinute: Duration {
    .milliseconds(60_000 - ((milliseconds % 60_000) + 60_000) % 60_000)
  }

  /// The form `2026-01-02T03:04:05Z`, which signatures and replies use; milliseconds are dropped.
  package var iso8601: String {
    let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    let (year, month, day) = CivilDate.fromDays(days)
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T"
      + padded(rest / 3600, 2) + ":" + padded(rest / 60 % 60, 2) + ":" + padded(rest % 60, 2) + "Z"
  }

  private func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

extension UTCTime {
  /// Reads `2026-01-02T03:04:05Z`, also with a fraction of the second, and nothing else.
  package init?(iso8601 text: String) {
    guard text.utf8.last == UInt8(ascii: "Z") else { return nil }
    let halves = text.utf8.dropLast().split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let date = halves[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let clock = halves[1].split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard date.count == 3, let year = number(date[0], digits: 4), let month = number(date[1], digits: 2),
      let day = number(date[2], digits: 2), let seconds = UTCTime.secondsOfDay(clock[0])
    else { return nil }
    var fraction: Int64 = 0
    if clock.count == 2 {
      guard let digits = number(clock[1], digits: clock[1].count), (1...9).contains(clock[1].count) else {
        return nil
      }
      let thousandths = String(String(digits).leftPadded(to: clock[1].count).prefix(3))
      fraction = Int64(thousandths + String(repeating: "0", count: 3 - thousandths.count)) ?? 0
    }
    guard let days = CivilDate.days(year: year, month: month, day: day) else { return nil }
    self.init(milliseconds: (days * 86_400 + seconds) * 1000 + fraction)
  }

  /// Reads the form of the HTTP header `Date`: `Fri, 02 Jan 2026 03:04:05 GMT` (RFC 9110, IMF-fixdate).
  package init?(httpDate text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: " "))
    guard parts.count == 6, parts[5].elementsEqual("GMT".utf8),
      let day = number(parts[1], digits: 2), let year = number(parts[3], digits: 4),
      let month = CivilDate.monthNames.firstIndex(where: { parts[2].elementsEqual($0.utf8) }),
      let seconds = UTCTime.secondsOfDay(parts[4]),
      let days = CivilDate.days(year: year, month: Int64(month) + 1, day: day)
    else { return nil }
    self.init(seconds: days * 86_400 + seconds)
  }

  private static func secondsOfDay(_ text: Substring.UTF8View.SubSequence) -> Int64? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, let hours = number(parts[0], digits: 2),
      let minutes = number(parts[1], digits: 2),
      let seconds = number(parts[2], digits: 2), hours < 24, minutes < 60, seconds < 61
    else { return nil }
    return hours * 3600 + minutes * 60 + seconds
  }
}

/// The number that exactly `digits` decimal digits write.
private func number(_ text: Substring.UTF8View.SubSequence, digits: Int) -> Int64? {
  guard text.count == digits, digits < 18 else { return nil }
  var result: Int64 = 0
  for byte in text {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
    result = result * 10 + Int64(byte - UInt8(ascii: "0"))
  }
  return result
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}

extension Duration {
  /// Whole milliseconds, rounded down.
  package var inMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
