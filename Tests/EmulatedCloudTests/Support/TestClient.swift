// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
import Synchronization
import Testing

@testable import EmulatedCloud

/// What a call came to.
struct Outcome: Sendable {
  let status: Int
  let headers: [String: String]
  let text: String
  let json: JSONValue

  init(_ answer: ServiceAnswer) {
    status = answer.status
    headers = answer.headers
    text = String(decoding: answer.body, as: UTF8.self)
    json = (try? JSONValue(parsing: answer.body)) ?? .null
  }

  /// The code of a refusal, `200` for a success: what most tests compare.
  var verdict: String { status == 200 ? "200" : "\(status) \(code)" }
  var code: String { json["Code"]?.string ?? "" }

  subscript(_ name: String) -> String { json[name]?.string ?? "" }

  /// The items of a list, each at `wrapper` and `set`.
  func items(_ wrapper: String, _ set: String) -> [JSONValue] { json[wrapper]?[set]?.array ?? [] }
  var components: [JSONValue] { items("ImageComponent", "ImageComponentSet") }
  var pipelines: [JSONValue] { items("ImagePipeline", "ImagePipelineSet") }
  var executions: [JSONValue] { items("ImagePipelineExecution", "ImagePipelineExecutionSet") }
}

/// Signs calls as a client does and sends them somewhere.
struct TestClient: Sendable {
  enum Style: CaseIterable, Sendable { case query, form, get }

  private static let count = Atomic<Int>(0)

  let send: @Sendable (ServiceRequest) async throws -> ServiceAnswer
  let host: String
  let now: @Sendable () -> Int64
  var key: AccessKey
  var region = "cn-hangzhou"
  var style = Style.form
  var version = "2014-05-26"

  init(
    _ configuration: EmulatorConfiguration, host: String = "ecs.test",
    send: @escaping @Sendable (ServiceRequest) async throws -> ServiceAnswer
  ) {
    self.send = send
    self.host = host
    now = configuration.now
    key = configuration.accessKeys.first ?? .default
  }

  static func nonce() -> String { "nonce-\(count.add(1, ordering: .relaxed).newValue)" }

  /// Makes one call with the V3 signature; `RegionId` is added, unless given; an empty one is left out.
  func call(_ action: String, _ given: KeyValuePairs<String, String> = [:]) async throws -> Outcome {
    try await call(action, given.map { ($0.key, $0.value) })
  }

  func call(_ action: String, _ given: [Parameter]) async throws -> Outcome {
    Outcome(try await send(request(action, given)))
  }

  /// Makes one call, which must come to `verdict`.
  func expect(
    _ verdict: String, _ action: String, _ given: KeyValuePairs<String, String> = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = try await call(action, given)
    #expect(outcome.verdict == verdict, "\(action): \(outcome.text)", sourceLocation: sourceLocation)
  }

  /// The signed request of a call.
  func request(_ action: String, _ given: [Parameter]) -> ServiceRequest {
    var parameters = given
    if !parameters.contains(where: { $0.name == "RegionId" }) { parameters.append(("RegionId", region)) }
    parameters.removeAll { $0.name == "RegionId" && $0.value.isEmpty }
    return V3Signing(client: self, action: action, parameters: parameters).request
  }
}

/// The parts of a request with the V3 signature, any of which a test may spoil before it is signed or after.
struct V3Signing {
  var method: String
  var query: [Parameter]
  var body: [UInt8]
  var headers: [String: String]
  var key: AccessKey

  init(client: TestClient, action: String, parameters: [Parameter]) {
    key = client.key
    method = client.style == .get ? "GET" : "POST"
    query = client.style == .form ? [] : parameters
    body = client.style == .form ? Array(PercentEncoding.encode(parameters).utf8) : []
    headers = [
      "host": client.host, "x-acs-action": action, "x-acs-version": client.version,
      "x-acs-date": Self.date(client.now()), "x-acs-signature-nonce": TestClient.nonce(),
      "x-acs-content-sha256": SignatureV3.bodyHash(body), "accept": "application/json",
    ]
    if !body.isEmpty { headers["content-type"] = "application/x-www-form-urlencoded" }
    if let token = client.key.token { headers["x-acs-security-token"] = token }
  }

  var request: ServiceRequest {
    var headers = headers
    headers["authorization"] = SignatureV3.authorization(
      accessKeyID: key.id, secret: RedactedSecret(key.secret), method: method, query: query,
      headers: headers.filter { SignatureV3.signs($0.key) }.map { ($0.key, $0.value) },
      bodyHash: headers["x-acs-content-sha256"] ?? "")
    return ServiceRequest(
      method: method, query: PercentEncoding.encode(query), headers: headers, body: body)
  }

  static func date(_ milliseconds: Int64) -> String { UTCTime(milliseconds: milliseconds).iso8601 }
}

extension Array where Element == (name: String, value: String) {
  /// The same with `name` set to `value`, or left out for nil.
  func with(_ name: String, _ value: String?) -> Self {
    filter { $0.name != name } + (value.map { [(name, $0)] } ?? [])
  }
}
