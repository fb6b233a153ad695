// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text with its CR LF as LF, which Swift takes for different characters.
  var withUnixLineEnds: String {
    // Hardly a text has any, and bytes are much quicker looked through than characters.
    utf8.contains(UInt8(ascii: "\r")) ? replacing("\r\n", with: "\n") : self
  }

  /// The text's lines, without their ends.
  var lines: [Substring] {
    withUnixLineEnds.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0) }
  }
}
