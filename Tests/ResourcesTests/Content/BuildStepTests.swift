// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Steps of a pipeline become commands.
struct BuildStepTests {
  private static let stack = ComponentReference("nginx", version: VersionPattern(1, nil, nil))

  static let written: [(step: BuildStep, command: String)] = [
    (.run("yum clean all"), "RUN yum clean all"), (.run("a\n"), "RUN a"), (.restart, "RESTART"),
    (.env([.init("A", "b c"), .init("D", "\"e\"\\")]), #"ENV A="b c" D="\"e\"\\""#),
    (.env([.init("PATH", "$PATH:/opt")]), #"ENV PATH="$PATH:/opt""#), (.env([.init("A", "")]), #"ENV A="""#),
    (.label([.init("a.b/c", "d")]), #"LABEL a.b/c="d""#), (.workdir("/opt/app"), "WORKDIR /opt/app"),
    (.copy(source: "https://example.com/a", destination: "/opt"), "COPY https://example.com/a /opt"),
    (.user("root"), "USER root"), (.cmd(.exec(["a", "b \"c\"\n"])), #"CMD ["a", "b \"c\"\u000a"]"#),
    (.entrypoint(.shell("a b")), "ENTRYPOINT a b"), (.cmd(.exec([])), "CMD []"),
    (
      .component(.handle(.id("ic-1")), [.init(name: "port", value: "80"), .init(name: "on", value: "true")]),
      "COMPONENT ic-1 --port 80 --on true"
    ),
    (
      .component(
        .handle(.arn(.init(region: "r", account: "1", name: "n", version: VersionPattern(1, 2, nil)))), []),
      "COMPONENT acs:ecs:r:1:imagecomponent/n/1.2.*"
    ),
  ]

  static let refused: [BuildStep] = [
    .run(""), .run("\n"), .run("a \\"), .run("--a"), .env([]), .env([.init("", "a")]),
    .env([.init("A B", "c")]),
    .env([.init("A", "b\nc")]), .env([.init("A=B", "c")]), .workdir("/a b"), .workdir(""), .user("a b"),
    .workdir("/a\nRUN b"), .copy(source: "a b", destination: "/c"),
    .copy(source: "https://a?b", destination: "/c"),
    .copy(source: "", destination: "/c"), .cmd(.shell("[\"a\"]")), .cmd(.shell("")), .cmd(.shell(" a")),
    .entrypoint(.shell("a\nRUN b")), .component(.handle(.id("ic-1")), [.init(name: "a", value: "b c")]),
    .component(.handle(.id("ic-1")), [.init(name: "a", value: "--b")]),
    .component(.handle(.id("ic-1")), [.init(name: "a", value: "")]),
    .component(.handle(.id("ic-1")), [.init(name: "a", value: "b\nRUN c")]),
    .component(.handle(.id("ic-1")), [.init(name: "a b", value: "c")]),
    .component(.handle(.id("ic-1")), [.init(name: "a", value: "1"), .init(name: "a", value: "2")]),
    .component(.handle(.id("nginx")), []), .component(.stack(stack), [.init(name: "a", value: "b c")]),
  ]

  @Test(arguments: written) func stepsAreWritten(_ step: BuildStep, _ command: String) throws {
    #expect(try step.rendered() == .command(command))
    #expect(ContentText(command).violations(at: .build) == [])
  }

  @Test(arguments: refused) func whatCannotBeCarriedIsRefused(_ step: BuildStep) {
    let fault = #expect(throws: StepFault.self) { try step.rendered() }
    #expect(fault?.message.isEmpty == false)
  }

  @Test func componentsOfTheStackStayReferences() {
    let steps: [BuildStep] = [
      .component(.stack(Self.stack), [.init(name: "port", value: "80")]), .user("a b"),
      .component(.stack(Self.stack), []),
    ]
    let (content, faults) = BuildStep.composition(of: steps)
    #expect(
      content.pieces == [
        .component(Self.stack, arguments: "--port 80"), .component(Self.stack, arguments: ""),
      ])
    #expect(faults.keys.sorted() == [1])
    #expect(content.rendered { _ in "ic-9" } == "COMPONENT ic-9 --port 80\nCOMPONENT ic-9")
  }
}
