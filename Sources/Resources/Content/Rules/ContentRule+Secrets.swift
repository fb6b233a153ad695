// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension ContentRule {
  private static let linux = ContentContext(.component(.linux))

  /// Rules about what nobody should find in an image, or in the record of its build.
  static let secretRules: [ContentRule] = [
    ContentRule(
      "secret-in-content", .error,
      "Keys, tokens and passwords do not stand in contents, which everyone can read who can describe them.",
      costs:
        "The content is stored as it is, and everyone who may describe components or pipelines can read it; so can the image's users.",
      wrong: [
        Example("ENV ALIYUN_KEY=\"▸LTAI5tExampleExample1234◂\""),
        Example("RUN aws s3 cp s3://a b --key ▸AKIAIOSFODNN7EXAMPLE◂"),
        Example("RUN printf ▸'-----BEGIN RSA PRIVATE KEY-----'◂ > /a"),
        Example("ENV ▸DB_PASSWORD=\"correct horse\"◂"),
        Example("RUN export ▸API_TOKEN=abcdef123456◂ && make"),
        Example("RUN git clone https://▸me:hunter22@◂example.com/app.git"),
        Example(
          "RUN curl -fH \"Authorization: token ▸ghp_abcdefghijklmnopqrstuvwxyz0123456789◂\" https://a.example.com/1.0"
        ),
        Example(
          "Tasks:\n  - Name: a\n    Action: WebDownload\n    Properties:\n      sourcePath: https://a.example.com/1.0\n"
            + "      destinationDir: /a\n      tokenInfo: ▸abcdef◂\n", linux),
      ],
      right: [
        Example("ENV DB_PASSWORD_FILE=\"/run/secret\""),
        Example("RUN export API_TOKEN=$(cat /run/token) && make"),
        Example("RUN export TOKEN=\"$TOKEN\""), Example("ENV PASSWORD=\"\""),
        Example("RUN git clone https://example.com/a@b.git"),
        Example("RUN ssh-keygen -y -f /a | grep 'PRIVATE KEY'"),
        Example(
          "Parameters: {token: {Type: String}}\nTasks:\n  - Name: a\n    Action: WebDownload\n    Properties:\n"
            + "      sourcePath: https://a.example.com/1.0\n      destinationDir: /a\n      tokenInfo: \"{{ token }}\"\n",
          linux),
      ]
    ) { content in
      var scanner = SecretScanner(content.bytes)
      var found = scanner.scan()
      for task in content.yaml?.tasks ?? [] where task.action?.text == "WebDownload" {
        found += task.properties.filter { $0.name.text == "tokenInfo" && $0.references.isEmpty }.map(\.range)
      }
      return found.sorted { $0.lowerBound < $1.lowerBound }.map { range in
        Found(
          message: "this looks like a secret",
          hint: "let the build read it from where secrets are kept, or pass a parameter",
          range: range)
      }
    }
  ]
}

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
    "FILE", "PATH", "DIR", "URL", "NAME", "TTL", "ID", "LENGTH", "HOST", "ENDPOINT",
  ].map { Array($0.utf8) }

  /// Where secrets stand.
  mutating func scan() -> [Range<Int>] {
    let mayLead = SecretScanner.mayLead
    while index < text.count {
      let byte = text[index]
      let end: Int? =
        switch byte {
        case Byte.dash: privateKey()
        case Byte.equals: assignment()
        case Byte.colon: password()
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
    var start = index
    while start > 0, text[start - 1].isWordByte { start -= 1 }
    guard index - start > 4 else { return nil }
    let name = text[start..<index].map(\.uppercased)
    guard SecretScanner.names.contains(where: { name.contains($0) }),
      !SecretScanner.harmlessEnds.contains(where: { name.suffix($0.count) == $0[...] })
    else { return nil }
    var end = index + 1
    guard end < text.count else { return nil }
    let quote = [Byte.quote, Byte.apostrophe].contains(text[end]) ? text[end] : nil
    if quote != nil { end += 1 }
    let value = end
    while end < text.count, text[end] != Byte.newline,
      quote == nil ? !text[end].isBlank && !"\"'`;|&)".utf8.contains(text[end]) : text[end] != quote
    {
      end += 1
    }
    guard end - value >= 6, !"$/{<*%".utf8.contains(text[value]) else { return nil }
    if quote != nil, end < text.count { end += 1 }
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

extension [UInt8] {
  /// Whether `needle` stands somewhere in the bytes; for short ones.
  fileprivate func contains(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, count >= needle.count else { return false }
    return (0...count - needle.count).contains { index in
      self[index] == first && self[index..<index + needle.count] == needle[...]
    }
  }
}
