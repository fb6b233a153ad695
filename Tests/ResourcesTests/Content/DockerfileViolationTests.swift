// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// The rows of the service's validation table that concern command lines: what is refused, where, with which code.
struct DockerfileViolationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let places: [ContentPlace]
    let marked: String
    let code: String?
    var status = 400

    var testDescription: String { "\(code ?? "right") \(String(marked.prefix(60)).debugDescription)" }
  }

  static let linux = ContentPlace.component(.linux)
  static let templates: [ContentPlace] = [.build, .test]
  static let everywhere: [ContentPlace] = [linux, .build, .test]

  static let empty: [Case] = ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"].flatMap {
    word in
    ["▸\(word)◂", "RUN a\n ▸\(word)◂ \t \nRUN b", "▸\(word)◂ \\\n  \\\n"].map {
      Case(places: everywhere, marked: $0, code: "EmptyCommandContent.\(word)")
    }
  }

  static let malformed: [Case] = [
    ("RUN", "▸RUN◂ make && \\"), ("RUN", "▸RUN◂ make && \\\n\n# the end\n"), ("RUN", "RUN a ▸\0◂ b"),
    ("ENV", "ENV ▸NAME◂"), ("ENV", "ENV A=\"b\" ▸C◂"), ("ENV", "ENV ▸A=\"b c◂"), ("ENV", "ENV ▸=b◂"),
    ("ENV", "ENV ▸A it's◂"), ("WORKDIR", "WORKDIR /opt▸ app◂"), ("COPY", "COPY ▸/a◂"),
    ("COPY", "COPY ▸/a /b /c◂"),
    ("COPY", "COPY https://example.com/a▸?v=1◂ /opt"), ("COPY", "COPY ▸[\"/a\", \"/b\"]◂"),
    ("USER", "USER a▸ b◂"),
    ("CMD", "CMD [\"a\", ▸b]◂"), ("CMD", "CMD [\"a\"] ▸x◂"), ("CMD", "CMD [\"a\", ▸1]◂"),
    ("CMD", "CMD [▸'a']◂"),
    ("ENTRYPOINT", "ENTRYPOINT [\"a▸\"◂"), ("ENTRYPOINT", "ENTRYPOINT [\"\\q▸\"]◂"),
  ].map { Case(places: everywhere, marked: $0.1, code: "InvalidCommandContent.\($0.0)") }

  static let unknown: [Case] = [
    "▸ADD◂ a /b", "▸ARG◂ a", "▸EXPOSE◂ 80", "▸HEALTHCHECK◂ NONE", "▸MAINTAINER◂ me", "▸ONBUILD◂ RUN a",
    "▸SHELL◂ [\"a\"]",
    "▸STOPSIGNAL◂ 9", "▸VOLUME◂ /a", "RUN a\n▸echo◂ b", "RUN ▸--mount=type=cache◂ make",
    "COPY ▸--chown=me◂ /a /b",
    "RUN cat ▸<<EOF◂ > /a\nwhatever\nEOF\nRUN b", "COPY ▸<<-'EOF'◂ /a\nwhatever\n\tEOF", "▸🧱◂ a",
    "▸RUN[\"a\"]◂",
  ].map { Case(places: everywhere, marked: $0, code: "InvalidImageTemplateCommand.NotSupported") }

  static let from: [Case] = [
    Case(places: templates, marked: "FROM IMAGE:m-1\n▸FROM IMAGE:m-1◂", code: "DuplicatedCommand.FROM"),
    Case(places: templates, marked: "RUN a\n▸FROM IMAGE_FAMILY:f◂", code: "InvalidCommandOrder.FROM"),
    Case(places: templates, marked: "▸FROM◂", code: "InvalidCommandContent.FROM"),
    Case(places: templates, marked: "FROM ▸centos:7◂", code: "InvalidCommandContent.FROM"),
    Case(places: templates, marked: "FROM ▸IMAGE:◂", code: "InvalidCommandContent.FROM"),
    Case(places: templates, marked: "FROM ▸IMAGE:a AS b◂", code: "InvalidCommandContent.FROM"),
    Case(places: [linux], marked: "RUN a\n▸FROM IMAGE:m-1◂", code: "NotSupportedCommand.FROM", status: 404),
    Case(places: [linux], marked: "▸FROM◂", code: "NotSupportedCommand.FROM", status: 404),
  ]

  static let whole: [Case] = [
    Case(places: [linux], marked: "▸◂", code: "MissingParameter.Content"),
    Case(places: [linux], marked: "▸ \n\t\n◂", code: "MissingParameter.Content"),
    Case(places: [linux], marked: "▸# nothing but this\n◂", code: "InvalidParameter.Content"),
    Case(places: [linux], marked: "RUN \(long(16_380))▸x◂", code: "InvalidContent.LengthExceeded"),
    Case(places: [linux], marked: "RUN é\(long(16_378))▸x◂", code: "InvalidContent.LengthExceeded"),
    Case(places: [.build], marked: "RUN \(long(16_380))▸x◂", code: "InvalidBuildContent.LengthExceeded"),
    Case(places: [.test], marked: "RUN \(long(16_380))▸x◂", code: "InvalidParameter.TestContent"),
    Case(
      places: everywhere, marked: runs(127) + "▸RUN a◂\nRUN b",
      code: "InvalidImageTemplateCommandSize.ExceededMaxNumber"),
    Case(places: everywhere, marked: "RESTART ▸now◂", code: "NotEmptyCommandContent.RESTART"),
    Case(places: [.component(.windows)], marked: "▸RUN dir◂\nRUN b", code: "InvalidParameter.Content"),
    Case(places: [linux], marked: "LABEL ▸name◂", code: "InvalidParameter.Content"),
    Case(places: [.build], marked: "LABEL ▸name◂", code: "InvalidParameter.BuildContent"),
    Case(places: [.test], marked: "LABEL ▸name◂", code: "InvalidParameter.TestContent"),
  ]

  static let component: [Case] =
    [Case(places: [linux], marked: "RUN a\n▸COMPONENT ic-1◂", code: "InvalidCommand.Component")]
    + [
      "▸COMPONENT◂", "COMPONENT ▸nginx◂", "COMPONENT ▸ic-◂", "COMPONENT ic-1 ▸port◂ 80",
      "COMPONENT ic-1 ▸--port◂",
      "COMPONENT ic-1 ▸--port=80◂", "COMPONENT ic-1 ▸--a◂ --b", "COMPONENT ic-1 --a 1 ▸--a◂ 2",
      "COMPONENT ic-1 --a 1 ▸2◂", "COMPONENT ▸acs:ecs:cn-hangzhou:1:imagecomponent/a/1.0◂",
      "COMPONENT ▸acs:ecs::1:imagecomponent/a/1.0.0◂",
      "COMPONENT ▸acs:ecs:cn-hangzhou:1:imagecomponent/1.0.0◂",
    ].flatMap {
      [
        Case(places: [.build], marked: $0, code: "InvalidParameter.BuildContent"),
        Case(places: [.test], marked: $0, code: "InvalidParameter.TestContent"),
      ]
    }

  static let right: [Case] =
    [
      "RUN a", "run a", "ENV A=\"b\" C=\"d e\"", "ENV A b c", "ENV A=b", "ENV A=", "WORKDIR /a", "COPY /a /b",
      "COPY https://example.com/a.tgz /opt", "COPY /a?b /c", "USER root", "LABEL a=\"b\" \\\n  c=\"d\"",
      "CMD [\"a\", \"b\"]", "CMD []", "CMD a b", "ENTRYPOINT [ \"a\" ]", "ENTRYPOINT a", "RESTART",
      "RESTART  ",
      "RUN a \\\n# why\n\n  b", "RUN \(long(16_380))", runs(127), "# why\nRUN a\r\nRUN b\r\n", "RUN a <<< b",
      "RUN echo '<<EOF'", "RUN echo $((1 << 2))", "\u{FEFF}RUN a",
    ].map { Case(places: everywhere, marked: $0, code: nil) }
    + [
      "", "\n", "FROM IMAGE:m-1", "FROM IMAGE_FAMILY:acs:x\nRUN a",
      "COMPONENT ic-bp1 --port 80 --user deploy",
      "COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/web-base/1.2.3",
      "COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/web-base:1.2.*",
      "COMPONENT acs:ecs:cn-hangzhou:1:imagecomponent/web-base/*.*.* --a -1",
    ].map { Case(places: templates, marked: $0, code: nil) }

  @Test(arguments: empty + malformed + unknown) func linesAreRefused(_ wrong: Case) { check(wrong) }
  @Test(arguments: from + whole + component) func contentsAreRefused(_ wrong: Case) { check(wrong) }
  @Test(arguments: right) func soundContentsAreTaken(_ right: Case) { check(right) }

  @Test func everythingIsToldInTheOrderOfTheText() {
    let text = "BAD x\nRUN\nRESTART now\nFROM IMAGE:a\nFROM b\n"
    #expect(
      ContentText(text).violations(at: .build).map(\.code) == [
        "InvalidImageTemplateCommand.NotSupported", "EmptyCommandContent.RUN",
        "NotEmptyCommandContent.RESTART",
        "InvalidCommandOrder.FROM", "DuplicatedCommand.FROM", "InvalidCommandContent.FROM",
      ])
  }

  private func check(_ example: Case) {
    let marked = Marked(example.marked)
    for place in example.places {
      let violations = ContentText(marked.text).violations(at: place)
      #expect(violations.map(\.code) == (example.code.map { [$0] } ?? []), "at \(place)")
      guard let first = violations.first else { continue }
      #expect(first.status == example.status)
      #expect(
        marked.shows(first.byteRange), "\(first.byteRange), not \(marked.start ?? -1)..<\(marked.end ?? -1)")
    }
  }
}

private func long(_ count: Int) -> String { String(repeating: "x", count: count) }
private func runs(_ count: Int) -> String { String(repeating: "RUN a\n", count: count) }
