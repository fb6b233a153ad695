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
}
