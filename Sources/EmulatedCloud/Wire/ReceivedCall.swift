// SPDX-License-Identifier: Apache-2.0

import CloudAPI

/// A request taken apart, before anyone has asked whether it may be made.
struct ReceivedCall: Sendable {
  /// How a request is signed.
  enum SignatureForm: Sendable {
    case version3(authorization: String)
    case rpc(signature: String)
    case none
  }

  let request: ServiceRequest
  let query: [Parameter]
  let form: [Parameter]
  /// The parameters that belong to the gateway, such as `Action` and `Signature`.
  let gateway: [String: String]
  /// The parameters that belong to the operation.
  let parameters: Parameters
  let signature: SignatureForm
  /// The operation's name, as asked for; empty where none is named.
  let action: String
  /// The version of the API, as asked for.
  let version: String
  let format: BodyFormat

  init(_ request: ServiceRequest) {
    self.request = request
    query = PercentEncoding.decodeForm(request.query.utf8)
    let isForm = request.headers["content-type"]?.lowercased().hasPrefix("application/x-www-form-urlencoded")
    form = isForm ?? false ? PercentEncoding.decodeForm(request.body) : []

    var gateway: [String: String] = [:]
    var values: [String: String] = [:]
    for parameter in query + form {
      if Self.gatewayNames.contains(parameter.name) {
        gateway[parameter.name] = parameter.value
      } else {
        values[parameter.name] = parameter.value
      }
    }
    self.gateway = gateway
    parameters = Parameters(values)

    let authorization = request.headers["authorization"]
    if let authorization, !authorization.isEmpty {
      signature = .version3(authorization: authorization)
    } else if let text = gateway["Signature"] {
      signature = .rpc(signature: text)
    } else {
      signature = .none
    }
    action = request.headers["x-acs-action"] ?? gateway["Action"] ?? ""
    version = request.headers["x-acs-version"] ?? gateway["Version"] ?? ""
    format = Self.format(gateway["Format"], authorization: authorization, accept: request.headers["accept"])
  }

  /// JSON or XML as asked for; where nothing is said, XML for the older signature and JSON for the newer.
  private static func format(_ asked: String?, authorization: String?, accept: String?) -> BodyFormat {
    switch asked?.uppercased() {
    case "JSON": .json
    case "XML": .xml
    case .some, nil:
      if authorization != nil {
        accept?.contains("xml") ?? false ? .xml : .json
      } else {
        accept?.contains("json") ?? false ? .json : .xml
      }
    }
  }

  private static let gatewayNames: Set<String> = [
    "Action", "Version", "Format", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
    "SignatureNonce", "SignatureType", "Timestamp", "SecurityToken",
  ]
}
