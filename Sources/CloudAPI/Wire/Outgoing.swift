// SPDX-License-Identifier: Apache-2.0

/// What every attempt of every call of one client has in common.
struct Outgoing: Sendable {
  let endpoint: Endpoint
  let regionID: String
  let userAgent: String
  let traceParent: String?

  /// One attempt of `call`, signed.
  ///
  /// `RegionId` stands in the query, as the gateway routes by it; all else is a form, as 16 KB of content would
  /// make too long a URL. Only headers that no HTTP stack rewrites are signed.
  func request(
    for call: Call, credentials: Credentials, date: UTCTime, nonce: String, timeout: Duration
  ) -> HTTPRequest {
    var query: [Parameter] = []
    if call.product == .ecs, !regionID.isEmpty { query.append(("RegionId", regionID)) }
    let form = call.parameters.filter { parameter in !query.contains { $0.name == parameter.name } }
    let body = Array(PercentEncoding.encode(form).utf8)
    let hash = SignatureV3.bodyHash(body)
    var headers: [Parameter] = [
      ("host", endpoint.authority),
      ("accept", "application/json"),
      ("user-agent", userAgent),
      ("x-acs-action", call.operation),
      ("x-acs-version", call.product.version),
      ("x-acs-date", date.iso8601),
      ("x-acs-signature-nonce", nonce),
      ("x-acs-content-sha256", hash),
    ]
    if !body.isEmpty { headers.append(("content-type", "application/x-www-form-urlencoded")) }
    if let token = credentials.securityToken { headers.append(("x-acs-security-token", token.reveal())) }
    if let traceParent { headers.append(("traceparent", traceParent)) }
    if credentials.isAnonymous {
      return HTTPRequest(
        endpoint: endpoint, method: "POST", query: SignatureV3.canonicalQuery(query), headers: headers,
        body: body, timeout: timeout)
    }
    let authorization = SignatureV3.authorization(
      accessKeyID: credentials.accessKeyID, secret: credentials.accessKeySecret, method: "POST",
      query: query, headers: headers.filter { SignatureV3.signs($0.name) }, bodyHash: hash)
    headers.append(("authorization", authorization))
    return HTTPRequest(
      endpoint: endpoint, method: "POST", query: SignatureV3.canonicalQuery(query), headers: headers,
      body: body, timeout: timeout)
  }
}
