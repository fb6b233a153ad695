// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// `kiln emulator` as a process.
@Suite struct EmulatorCommandTests {
  @Test func aPortFileThatCannotBeWrittenEndsTheEmulator() async throws {
    try await withBinary { binary in
      let result = try await binary.kiln(["emulator", "--port-file", "nowhere/port"])
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.output == "")
      #expect(result.talk.contains("error: nowhere/port can't be written"), "\(result)")
    }
  }

  @Test(arguments: ["nan", "inf", "1e30", "-3", "0.5", "5 minutes"])
  func aWaitThatIsNoDurationIsRefused(_ wait: String) async throws {
    try await withBinary { binary in
      let result = try await binary.kiln(["emulator", "--lock-wait=\(wait)", "--port-file", "nowhere/port"])
      #expect(result.exitCode == 64, "\(result)")
      #expect(result.talk.contains("'\(wait)' is invalid for '--lock-wait <duration>'"), "\(result)")
    }
  }

  @Test(arguments: ["30s", "2", "1000000d"])
  func aWaitIsWrittenLikeOtherDurations(_ wait: String) async throws {
    try await withBinary { binary in
      let result = try await binary.kiln([
        "emulator", "--lock-wait", wait, "--data", "cloud.sqlite", "--port-file", "nowhere/port",
      ])
      #expect(result.exitCode == 1, "\(result)")
      #expect(result.talk.contains("error: nowhere/port can't be written"), "\(result)")
    }
  }
}
