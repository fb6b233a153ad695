// SPDX-License-Identifier: Apache-2.0

import Resources
import Testing

/// Which contents mean the same.
struct ContentModelTests {
  private static let task =
    "\n- Name: a\n  Action: RunShellCommand\n  Properties: {commandContent: ls, workingDir: /a}\n"

  static let same: [(ContentPlace, String, String)] = [
    (.build, "RUN a\nRUN b", "RUN a\nRUN b\n"), (.build, "RUN a\r\nRUN b\r\n", "RUN a\nRUN b"),
    (.build, "RUN a \\\n  b", "RUN a   b"), (.build, "# why\n\nrun  a", "RUN a"),
    (.build, "FROM IMAGE:m-1\nRUN a", "RUN a"), (.test, "FROM IMAGE_FAMILY:x\nRUN a", "FROM IMAGE:y\nRUN a"),
    (.build, "FROM IMAGE:m-1\r\nBAD a", "BAD a\n"), (.component(.linux), "BAD a\r\nb\r\n", "BAD a\nb"),
    (.component(.linux), "Tasks:\(task)", "Tasks:\r\n" + task.dropFirst().replacing("\n", with: "\r\n")),
    (
      .component(.linux), "Tasks:\(task)",
      "# why\nTasks: [{Action: RunShellCommand, Properties: {workingDir: \"/a\", commandContent: 'ls'}, Name: a}]"
    ),
    (
      .component(.linux), "Tasks: [{Name: a, Action: Reboot, Properties: {forceStop: 'True'}}]",
      "Tasks: [{Name: a, Action: Reboot, Properties: {forceStop: true}}]"
    ),
  ]

  static let different: [(ContentPlace, String, String)] = [
    (.build, "RUN a\nRUN b", "RUN b\nRUN a"), (.build, "RUN a b", "RUN a  b"), (.build, "RUN a", "CMD a"),
    (.build, "RUN a", "RUN a\nRESTART"), (.component(.linux), "FROM IMAGE:m-1\nRUN a", "RUN a"),
    (.build, "BAD a", "BAD  a"), (.build, "RUN a\nFROM IMAGE:m-1", "RUN a"),
    (.component(.linux), "Tasks:\(task)", "Tasks:\(task.replacing("ls", with: "l"))"),
    (.component(.linux), "Parameters: {a: {Type: String}}\nTasks:\(task)", "Tasks:\(task)"),
    (
      .component(.linux), "Parameters: {a: {Type: String}}\nTasks:\(task)",
      "Parameters: {a: {Type: String, DefaultValue: ''}}\nTasks:\(task)"
    ),
    (.component(.linux), "Tasks:\(task)", "New: 1\nTasks:\(task)"),
    (
      .component(.linux),
      "Tasks: [{Name: a, Action: InvokeCommand, Properties: {commandId: c, parameters: {a: 1}}}]",
      "Tasks: [{Name: a, Action: InvokeCommand, Properties: {commandId: c, parameters: {a: '1'}}}]"
    ),
  ]

  @Test(arguments: same) func theSameMeaningIsTheSameModel(
    _ place: ContentPlace, _ one: String, _ other: String
  ) {
    let (first, second) = (ContentText(one).model(at: place), ContentText(other).model(at: place))
    #expect(first == second)
    #expect(first.canonicalBytes == second.canonicalBytes)
  }

  @Test(arguments: different) func anotherMeaningIsAnotherModel(
    _ place: ContentPlace, _ one: String, _ other: String
  ) {
    let (first, second) = (ContentText(one).model(at: place), ContentText(other).model(at: place))
    #expect(first != second)
    #expect(first.canonicalBytes != second.canonicalBytes)
  }

  /// A change here would make every digest that was ever recorded look like a change.
  @Test func theBytesAreWhatTheyAlwaysWere() {
    let commands = ContentText("RUN a\nRESTART\n").model(at: .build).canonicalBytes
    #expect(String(decoding: commands, as: UTF8.self) == "8:commands3:RUN1:a7:RESTART0:")
    let tasks = ContentText("Parameters: {p: {Type: Number}}\nTasks: [{Name: n, Action: Reboot}]")
      .model(at: .component(.linux)).canonicalBytes
    #expect(
      String(decoding: tasks, as: UTF8.self)
        == "5:tasks1:11:p6:Number8:required0:1:11:n6:Reboot1:0")
  }
}
