// SPDX-License-Identifier: Apache-2.0

/// Looks for secrets in a text by their well-known beginnings, and by the names of variables.
struct SecretScanner {
  private let text: [UInt8]
  private var index = 0
  private var found: [Range<Int>] = []

  init(_ text: [UInt8]) { self.text = text }

  /// How tokens of well-known services begin, and how many letters, digits, `_` and `-` follow at least.
  private static let tokens: [(lead: [UInt8], length: Int)] = [
    ("LTAI", 12), ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghs_", 30), ("github_pat_", 30),
    ("glpat-", 16),
    ("xoxb-", 10), ("xoxp-", 10), ("sk_live_", 16), ("AIza", 30), ("npm_", 30), ("dckr_pat_", 20),
  ].map { (Array($0.0.utf8), $0.1) }

  /// Whether a token may begin with the byte, for each byte.
  private static let mayLead = (0...UInt8.max).map { byte in tokens.contains { $0.lead.first == byte } }
  private static let names = [
    "PASSWORD", "PASSWD", "SECRET", "TOKEN", "ACCESS_KEY", "ACCESSKEY", "API_KEY", "APIKEY", "PRIVATE_KEY",
  ].map { Array($0.utf8) }
  private static let harmlessEnds = [
    "FILE", "PATH", "DIR", "URL", "NAME", "TTL", "ID", "LENGTH", "LEN", "COUNT", "HOST", "ENDPOINT", "CHECK",
    "STORE", "ALGORITHM", "TYPE", "MODE", "POLICY", "PREFIX", "HEADER", "PROVIDER", "ENABLED", "REQUIRED",
    "EXPIRY", "SECONDS", "TIMEOUT", "AGE", "AUTHENTICATION", "INFO", "EMPTY_PASSWORD", "RANDOM_ROOT_PASSWORD",
  ].map { Array($0.utf8) }
  /// What people write where a secret will stand, and what settings are called.
  private static let placeholders: Set<String> = [
    "changeme", "change_me", "change-me", "changeit", "replace_me", "replaceme", "replace-me", "placeholder",
    "example", "dummy", "enabled", "disabled", "required", "optional", "always", "default", "redacted",
    "secret",
    "password", "sha256", "sha512",
  ]

  /// Whether a variable of that name holds a secret.
  static func isSecret(name: some BidirectionalCollection<UInt8>) -> Bool {
    names.contains(where: name.hasInCapitals)
      && !harmlessEnds.contains { name.suffix($0.count).lazy.map(\.uppercased).elementsEqual($0) }
  }

  /// Whether `value` is one that tells a secret: no variable, no placeholder, and long enough.
  static func isTelling(_ value: some Collection<UInt8>) -> Bool {
    guard value.count >= 6, let first = value.first, !"$/{<*%=~!`".utf8.contains(first) else { return false }
    guard value.contains(where: { $0 | 0x20 != UInt8(ascii: "x") }) else { return false }
    let text = String(decoding: value, as: UTF8.self).lowercased()
    return !placeholders.contains(text) && !text.hasPrefix("your")
  }

  /// Where secrets stand.
  mutating func scan() -> [Range<Int>] {
    let mayLead = SecretScanner.mayLead
    while index < text.count {
      let byte = text[index]
      let end: Int? =
        switch byte {
        case Byte.dash: privateKey()
        case Byte.equals: assignment()
        case Byte.colon: password() ?? entry() ?? authorization()
        case _ where mayLead[Int(byte)]: token()
        default: nil
        }
      index = max(index + 1, end ?? 0)
    }
    return found
  }

  private mutating func token() -> Int? {
    if index > 0, text[index - 1].isWordByte { return nil }
    for (lead, length) in SecretScanner.tokens where text[index...].starts(with: lead) {
      var end = index + lead.count
      while end < text.count, text[end].isWordByte || text[end] == Byte.dash { end += 1 }
      guard end - index - lead.count >= length else { return nil }
      found.append(index..<end)
      return end
    }
    return nil
  }

  private mutating func privateKey() -> Int? {
    guard text[index...].starts(with: "-----BEGIN ".utf8) else { return nil }
    let line = index..<(text[index...].firstIndex(of: Byte.newline) ?? text.count)
    let words = text.words(line)
    guard words.contains(where: { text.text($0) == "PRIVATE" }) else { return nil }
    let end = words.first { text.text($0).hasPrefix("KEY-----") }?.upperBound ?? line.upperBound
    let start = index > 0 && [Byte.quote, Byte.apostrophe].contains(text[index - 1]) ? index - 1 : index
    found.append(start..<end)
    return end
  }

  /// `NAME=value`, where the name is one for secrets and the value stands there.
  private mutating func assignment() -> Int? {
    guard let name = name(before: index) else { return nil }
    var value = index + 1
    if value < text.count, text[value] == Byte.space { value += 1 }
    return secret(from: name.lowerBound, value: value)
  }

  /// `name: value`, where the value is one word that looks as no word of a language does.
  private mutating func entry() -> Int? {
    guard index + 1 < text.count, text[index + 1] == Byte.space, let name = name(before: index),
      name.upperBound == index
    else { return nil }
    let word = self.word(from: index + 2)
    guard word.count >= 8, text[word].contains(where: \.isDigit), text[word].contains(where: \.isLetter),
      word.upperBound == text.count || !text[word.upperBound].isBlank
    else { return nil }
    return secret(from: name.lowerBound, value: index + 2)
  }

  /// The token in `Authorization: Bearer TOKEN`.
  private mutating func authorization() -> Int? {
    let head = Array("authorization".utf8)
    guard index >= head.count, index + 1 < text.count,
      text[index - head.count..<index].map({ $0 | 0x20 }) == head
    else { return nil }
    let words = text.words(index + 1..<(text[index...].firstIndex(of: Byte.newline) ?? text.count))
    guard words.count > 1, ["bearer", "basic", "token"].contains(text.text(words[0]).lowercased()) else {
      return nil
    }
    let word = self.word(from: words[1].lowerBound)
    guard word.count >= 8, SecretScanner.isTelling(text[word]) else { return nil }
    // What begins as tokens of a service do is found by that.
    guard !SecretScanner.tokens.contains(where: { text[word].starts(with: $0.lead) }) else { return nil }
    found.append(word)
    return word.upperBound
  }

  /// The name for secrets that ends at `end`, or a blank before it.
  private func name(before end: Int) -> Range<Int>? {
    var upper = end
    if upper > 0, text[upper - 1] == Byte.space { upper -= 1 }
    var start = upper
    while start > 0, text[start - 1].isWordByte { start -= 1 }
    guard upper - start > 4, SecretScanner.isSecret(name: text[start..<upper]) else { return nil }
    // A variable that is compared is no name that is given a value.
    guard upper == end || start == 0 || ![Byte.dollar, Byte.openBrace].contains(text[start - 1]) else {
      return nil
    }
    return start..<upper
  }

  /// What stands from `start` on up to a blank or something that ends a word.
  private func word(from start: Int) -> Range<Int> {
    var end = start
    while end < text.count, text[end] != Byte.newline, !text[end].isBlank,
      !"\"'`;|&)\\".utf8.contains(text[end])
    {
      end += 1
    }
    return start..<end
  }

  /// Takes what stands at `value`, quoted or not, for a secret that belongs to the name at `start`, if it looks like one.
  private mutating func secret(from start: Int, value: Int) -> Int? {
    guard value < text.count else { return nil }
    var range = word(from: value)
    var end = range.upperBound
    if [Byte.quote, Byte.apostrophe].contains(text[value]) {
      let quote = text[value]
      end = value + 1
      while end < text.count, text[end] != Byte.newline, text[end] != quote { end += 1 }
      range = value + 1..<end
      if end < text.count { end += 1 }
    }
    guard SecretScanner.isTelling(text[range]) else { return nil }
    found.append(start..<end)
    return end
  }

  /// A password in an address: `://name:password@`.
  private mutating func password() -> Int? {
    guard index + 2 < text.count, text[index + 1] == Byte.slash, text[index + 2] == Byte.slash else {
      return nil
    }
    var end = index + 3
    var colon: Int?
    while end < text.count, !text[end].isBlank, text[end] != Byte.newline,
      !"/\"'@?#$".utf8.contains(text[end])
    {
      if text[end] == Byte.colon { colon = colon ?? end }
      end += 1
    }
    guard end < text.count, text[end] == UInt8(ascii: "@"), let colon, end - colon > 1 else { return nil }
    found.append(index + 3..<end + 1)
    return end + 1
  }
}

extension Collection<UInt8> {
  /// Whether `needle` stands somewhere in the bytes, were their letters capitals; for short ones.
  fileprivate func hasInCapitals(_ needle: [UInt8]) -> Bool {
    indices.contains { self[$0...].lazy.map(\.uppercased).starts(with: needle) }
  }
}
