// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

/// Bytes → JSON value → bytes: what was read is written so that it reads the same.
func examine(_ bytes: [UInt8]) {
  guard let value = try? JSONValue(parsing: bytes) else { return }
  let written = value.encoded()
  precondition((try? JSONValue(parsing: written)) == value, "compact text reads the same")
  precondition((try? JSONValue(parsing: value.encoded(pretty: true))) == value, "pretty text reads the same")
}
