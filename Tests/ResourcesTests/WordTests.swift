// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources
import Testing

/// Versions, addresses and the words that people meant.
@Suite struct WordTests {
  @Test(
    arguments: [
      ("1.4.0", "1.4.0"), ("1.4.x", "1.4.x"), ("auto", "auto"), ("0.0.0", "0.0.0"),
      ("1.4", nil), ("1.x", nil), ("1.4.X", nil), ("x.4.0", nil), ("Auto", nil), ("", nil), ("1.4.0 ", nil),
      ("01.4.0", nil), ("1.4.2147483648", nil), ("1.4.-1", nil), ("1.4.+1", nil), ("v1.4.0", nil),
    ] as [(String, String?)])
  func versionRules(_ text: String, reads expected: String?) {
    #expect(VersionRule(text)?.description == expected)
  }

  @Test(arguments: [
    ("component/nginx", true), ("component/nginx@1.4.0", true), ("pipeline/web-base", true),
    ("pipeline/web@1.0.0", false), ("component/nginx@1.4", false), ("component/", false),
    ("component/@1.0.0", false), ("pipeline/größe·1", true), ("pipeline/a b", false), ("pipeline/a/b", false),
    ("pipeline/a\u{1B}[31m", false), ("component/a\u{9B}1m@1.0.0", false), ("pipeline/\u{202E}bew", false),
    ("pipeline/\u{1F468}\u{200D}\u{1F680}", true), ("nginx", false), ("Component/nginx", false), ("", false),
  ])
  func addresses(_ text: String, areRead: Bool) {
    #expect(Address(text)?.description == (areRead ? text : nil))
  }

  @Test func addressesAreSortedByNumbers() {
    let texts = [
      "component/a", "component/a@1.9.0", "component/a@1.10.0", "component/b@0.0.1", "pipeline/a",
    ]
    #expect(texts.reversed().compactMap { Address($0) }.sorted().map(\.description) == texts)
  }

  @Test(
    arguments: [
      ("descripton", ["description", "tags"], "description"),
      ("SystemDiskSize", ["systemDiskSize"], "systemDiskSize"),
      ("ngnix", ["nginx", "java"], "nginx"),
      ("vaule", ["value", "key"], "value"),
      ("colour", ["name", "content"], nil),
      ("ab", ["cd", "ad", "ae"], "ad"),
      ("", ["a"], nil),
      ("x", [], nil),
      ("中文名", ["中文明"], "中文明"),
    ] as [(String, [String], String?)])
  func nearestWord(to word: String, among words: [String], is expected: String?) {
    #expect(word.nearest(among: words) == expected)
    #expect(word.nearest(among: words.reversed()) == expected)
  }

  @Test(arguments: [
    ("imageOptions.imageName", false), ("imageOptions", false), ("imageOptions.imageNameX", true),
    ("importImageOptions.diskDeviceMappings[1].format", false),
    ("importImageOptions.diskDeviceMappings[0]", true), ("tags.a", false), ("name", true),
  ])
  func rulesAboutWhatCouldNotBeReadAreSilent(_ field: String, isReadable: Bool) {
    var provenance = Provenance(location: Location(file: "x", at: .start))
    provenance.unreadable = ["imageOptions.imageName", "importImageOptions.diskDeviceMappings[1]", "tags"]
    #expect(provenance.isReadable(field) == isReadable)
  }
}
