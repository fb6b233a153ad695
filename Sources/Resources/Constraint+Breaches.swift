// SPDX-License-Identifier: Apache-2.0

/// What in a value breaks a rule.
struct Breach {
  /// The element `[index]` or tag `.key` to blame; empty where it is the value as a whole.
  let place: String
  /// What was expected instead.
  let expectation: String
  /// What was likely meant.
  let suggestion: String?

  init(at place: String = "", _ expectation: String, suggestion: String? = nil) {
    self.place = place
    self.expectation = expectation
    self.suggestion = suggestion
  }
}

extension Constraint {
  /// The expectation as a message has it: a few words are listed, many are counted.
  private var shortExpectation: String {
    guard case .oneOf(let words) = self, words.count > 7 else { return expectation }
    return "must be one of the \(words.count) names that the service knows"
  }

  /// What in `value` breaks the rule, which does not hold for it.
  func breaches(in value: FieldValue) -> [Breach] {
    switch (self, value) {
    case (.length, .text(let text)):
      [Breach("\(expectation), not \(text.unicodeScalars.count)")]
    case (.bytes, .text(let text)):
      [Breach("\(expectation), not \(text.utf8.count)")]
    case (.count, .texts(let texts)): [Breach("\(expectation), not \(texts.count)")]
    case (.count, .integers(let numbers)): [Breach("\(expectation), not \(numbers.count)")]
    case (.count, .pairs(let pairs)): [Breach("\(expectation), not \(pairs.count)")]
    case (.count, .disks(let disks)): [Breach("\(expectation), not \(disks.count)")]
    case (.oneOf(let words), .text(let text)):
      [Breach(shortExpectation, suggestion: text.nearest(among: words))]
    case (.oneOf(let words), .texts(let texts)):
      texts.enumerated().filter { !words.contains($0.element) }.map {
        Breach(at: "[\($0.offset)]", shortExpectation, suggestion: $0.element.nearest(among: words))
      }
    case (.notEmpty, .texts(let texts)):
      texts.enumerated().filter(\.element.isEmpty).map { Breach(at: "[\($0.offset)]", expectation) }
    case (.name(let dots), .text(let text)): [Breach(text.nameFault(dots: dots))]
    case (.notReserved, .text(let text)): [Breach(text.reservedFault)]
    case (.tagKeys, .pairs(let pairs)):
      pairs.keys.sorted().compactMap { key in key.tagKeyFault.map { Breach(at: key.tagPlace, $0) } }
    case (.tagValues, .pairs(let pairs)):
      pairs.sorted { $0.key < $1.key }.compactMap { pair in
        pair.value.tagValueFault.map { Breach(at: pair.key.tagPlace, $0) }
      }
    default: [Breach(expectation)]
    }
  }
}

extension String {
  /// Where the tag with this key stands, in the terms of a field's name.
  fileprivate var tagPlace: String { ".\(self)" }

  /// Why the text can't be a name.
  fileprivate func nameFault(dots: Bool) -> String {
    let fault = unicodeScalars.dropFirst().first { !"a\($0)".isServiceName(dots: dots) }
    guard let first = unicodeScalars.first, String(first).isServiceName(dots: dots), let fault else {
      return "must begin with a letter or a Chinese character"
    }
    let shown = fault.properties.generalCategory == .control ? "a control character" : "'\(fault)'"
    return "must have only letters, digits, \(dots ? ":, _, . and -" : ":, _ and -"), not \(shown)"
  }

  /// Why the text is the service's own.
  fileprivate var reservedFault: String {
    if let prefix = ["aliyun", "acs:"].first(where: hasPrefix) { return "must not begin with \(prefix)" }
    return "must not contain http:// or https://"
  }

  /// Why the text can't be a tag's key.
  fileprivate var tagKeyFault: String? {
    if isEmpty { return "must not have an empty key" }
    if unicodeScalars.count > 128 {
      return "must have a key of at most 128 characters, not \(unicodeScalars.count)"
    }
    if hasPrefix("aliyun") || hasPrefix("acs:") {
      return "must not have a key that begins with aliyun or acs:"
    }
    return hasURLInside ? "must not have http:// or https:// in its key" : nil
  }

  /// Why the text can't be a tag's value.
  fileprivate var tagValueFault: String? {
    if unicodeScalars.count > 128 {
      return "must have a value of at most 128 characters, not \(unicodeScalars.count)"
    }
    if hasPrefix("acs:") { return "must not have a value that begins with acs:" }
    return hasURLInside ? "must not have http:// or https:// in its value" : nil
  }
}
