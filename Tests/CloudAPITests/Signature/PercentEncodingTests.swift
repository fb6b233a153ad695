// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Testing

struct PercentEncodingTests {
  @Test(arguments: [
    ("azAZ09-_.~", "azAZ09-_.~"), (" ", "%20"), ("*", "%2A"), ("+", "%2B"), ("/", "%2F"), ("\n", "%0A"),
    ("é", "%C3%A9"), ("你", "%E4%BD%A0"), ("", ""), ("%", "%25"), ("\0", "%00"),
  ])
  func encodesAsPrescribed(text: String, encoded: String) {
    #expect(PercentEncoding.encode(text) == encoded)
  }

  @Test(arguments: [
    ("a=1&b=x+y%20z", ["a=1", "b=x y z"]), ("a", ["a="]), ("a=", ["a="]), ("", []), ("&&a=b&", ["a=b"]),
    ("a=b=c", ["a=b=c"]), ("a=%", ["a=%"]), ("a=%4", ["a=%4"]), ("a=%zz", ["a=%zz"]), ("%41=%61", ["A=a"]),
    ("=v", ["=v"]), ("a=%e4%bd%a0", ["a=你"]), ("a=%2", ["a=%2"]), ("a=%ff", ["a=\u{FFFD}"]),
  ])
  func readsForms(text: String, parameters: [String]) {
    #expect(PercentEncoding.decodeForm(text.utf8).map { $0.name + "=" + $0.value } == parameters)
  }

  @Test func secretsShowNowhere() {
    let secret = RedactedSecret("hunter2")
    var dumped = ""
    dump(secret, to: &dumped)
    dump([secret], to: &dumped)
    #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("hunter2"))
    #expect(secret.reveal() == "hunter2")
  }
}
