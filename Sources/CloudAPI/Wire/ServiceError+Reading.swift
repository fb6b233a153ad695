// SPDX-License-Identifier: Apache-2.0

import JSONSyntax

extension ServiceError {
  /// Reads the JSON form; nothing where there is no code.
  ///
  /// Members may begin in lower case, as the vendor's SDK tolerates.
  init?(status: Int, json: JSONValue, requestID: String?) {
    func member(_ name: String) -> String? {
      (json[name] ?? json[name.prefix(1).lowercased() + name.dropFirst()])?.string
    }
    guard let code = member("Code"), !code.isEmpty else { return nil }
    self.init(
      status: status, code: code, message: member("Message") ?? member("Description") ?? "",
      requestID: requestID)
  }

  /// Reads `<Error><RequestId/><HostId/><Code/><Message/></Error>`, which gateways send to those who ask no JSON.
  init?(status: Int, xml: String, requestID: String?) {
    guard xml.contains("<Error>") || xml.contains("<Error "), let code = text(of: "Code", in: xml),
      !code.isEmpty
    else { return nil }
    self.init(
      status: status, code: code, message: text(of: "Message", in: xml) ?? "",
      requestID: text(of: "RequestId", in: xml) ?? requestID)
  }
}

/// The text between `<name>` and `</name>`, with the five entities of XML resolved.
private func text(of name: String, in xml: String) -> String? {
  guard let open = xml.firstRange(of: "<\(name)>"),
    let close = xml[open.upperBound...].firstRange(of: "</\(name)>")
  else { return nil }
  var text = String(xml[open.upperBound..<close.lowerBound])
  if text.hasPrefix("<![CDATA["), text.hasSuffix("]]>") { return String(text.dropFirst(9).dropLast(3)) }
  let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
  for (entity, character) in entities { text.replace(entity, with: character) }
  return text
}
