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
        Example("RUN echo ▸root:hunter22◂ | chpasswd"), Example("RUN mysql -u root ▸-phunter22◂ -e a"),
      ],
      right: [
        Example("ENV DB_PASSWORD_FILE=\"/run/secret\""),
        Example("RUN export API_TOKEN=$(cat /run/token) && make"),
        Example("RUN export TOKEN=\"$TOKEN\""), Example("ENV PASSWORD=\"\""),
        Example("ENV API_TOKEN=\"REPLACE_ME\""),
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
      found += content.secretsByPlace
      for script in content.scripts {
        found += script.commands.secretWords.map { script.source($0.range) }
      }
      return found.withoutOverlaps.map { range in
        Found(
          message: "this looks like a secret",
          hint: "let the build read it from where secrets are kept, or pass a parameter",
          range: range)
      }
    }
  ]
}

extension LintedContent {
  /// Where values stand that are secret by what they are values of.
  fileprivate var secretsByPlace: [Range<Int>] {
    var found: [Range<Int>] = []
    for task in yaml?.tasks ?? [] where task.action?.text == "WebDownload" {
      found += task.properties.filter { $0.name.text == "tokenInfo" && $0.references.isEmpty }.map(\.range)
    }
    for parameter in yaml?.parameters ?? [] where SecretScanner.isSecret(name: parameter.name.text.utf8) {
      if let value = parameter.defaultValue, SecretScanner.isTelling(value.text.utf8) {
        found.append(value.range)
      }
    }
    // `ENV NAME value` has no sign of equality to go by.
    for line in commands(.env) {
      guard case .env(let pairs) = line.command, let pair = pairs.first, pairs.count == 1,
        !line.argument.hasPrefix(pair.name + "="), SecretScanner.isSecret(name: pair.name.utf8),
        SecretScanner.isTelling(pair.value.utf8)
      else { continue }
      found.append(line.argumentRange)
    }
    return found
  }
}

extension [Range<Int>] {
  /// The ranges in order, without those that begin in one before.
  fileprivate var withoutOverlaps: [Range<Int>] {
    var kept: [Range<Int>] = []
    for range in sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) })
    where range.lowerBound >= kept.last?.upperBound ?? 0 {
      kept.append(range)
    }
    return kept
  }
}
