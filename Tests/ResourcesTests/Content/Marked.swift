// SPDX-License-Identifier: Apache-2.0

/// A text in which `▸` and `◂` show a stretch; without `◂` only where the stretch begins is shown.
struct Marked {
  let text: String
  let start: Int?
  let end: Int?

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var (start, end): (Int?, Int?)
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "▸": start = bytes.count
      case "◂": end = bytes.count
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
    self.start = start
    self.end = end
  }

  func shows(_ range: Range<Int>) -> Bool {
    (start ?? range.lowerBound) == range.lowerBound && (end ?? range.upperBound) == range.upperBound
  }
}
