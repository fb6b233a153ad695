// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Logging
import Synchronization
import TestSupport

/// STS, the metadata service and a credentials URI on one port of this machine, for one test.
final class CloudDouble: Sendable {
  /// How the services behave.
  struct Behaviour: Sendable {
    var keys: [String: String] = ["LTAIbase": "base-secret", "STS.1": "secret-1", "STS.2": "secret-2"]
    var expiration = "2026-01-02T04:03:00Z"
    var givesMetadataToken = true
    var wantsMetadataToken = false
    var roleOfMachine: String? = "builder"
    var metadataCode = "Success"
    var uriStatus = 200
    var failsFrom = Int.max
  }

  let behaviour: Mutex<Behaviour>
  private let seen = Mutex<[LoopbackRequest]>([])
  private let issued = Mutex(0)

  init(_ behaviour: Behaviour = Behaviour()) { self.behaviour = Mutex(behaviour) }

  var requests: [LoopbackRequest] { seen.withLock { $0 } }

  /// The operations and paths asked for, in order.
  var log: [String] {
    requests.map { request in
      request.header("x-acs-action") ?? (request.method + " " + request.target)
    }
  }

  func respond(to request: LoopbackRequest) -> LoopbackAnswer {
    seen.withLock { $0.append(request) }
    let now = behaviour.withLock { $0 }
    if requests.count > now.failsFrom { return .answer(status: 500, body: "") }
    if let action = request.header("x-acs-action") { return sts(action, request, now) }
    switch request.target {
    case "/latest/api/token":
      guard request.method == "PUT", now.givesMetadataToken else { return .answer(status: 404, body: "") }
      return .answer(body: "imds-token")
    case "/latest/meta-data/ram/security-credentials/":
      if now.wantsMetadataToken, request.header("x-aliyun-ecs-metadata-token") != "imds-token" {
        return .answer(status: 403, body: "")
      }
      return now.roleOfMachine.map { .answer(body: $0 + "\n") } ?? .answer(status: 404, body: "")
    case "/latest/meta-data/ram/security-credentials/builder":
      if now.wantsMetadataToken, request.header("x-aliyun-ecs-metadata-token") != "imds-token" {
        return .answer(status: 403, body: "")
      }
      return .answer(body: keys(now, code: now.metadataCode))
    case "/keys?for=kiln": return .answer(status: now.uriStatus, body: keys(now, code: "Success"))
    default: return .answer(status: 404, body: "")
    }
  }

  private func sts(_ action: String, _ request: LoopbackRequest, _ now: Behaviour) -> LoopbackAnswer {
    let form = Dictionary(
      PercentEncoding.decodeForm(request.body.utf8).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    if action == "AssumeRoleWithOIDC" {
      guard request.header("authorization") == nil, form["OIDCToken"] == "jwt",
        form["OIDCProviderArn"] == "acs:ram::1:oidc-provider/p"
      else { return .answer(status: 400, body: #"{"Code":"AuthenticationFail.NoPermission","Message":"m"}"#) }
    } else if !isSigned(request, now) {
      return .answer(status: 400, body: #"{"RequestId":"R","Code":"SignatureDoesNotMatch","Message":"m"}"#)
    }
    if action == "GetCallerIdentity" {
      return .answer(
        body:
          #"{"RequestId":"R","AccountId":"1234567890123456","Arn":"acs:ram::1:user/u","IdentityType":"RAMUser"}"#
      )
    }
    guard form["RoleArn"]?.isEmpty == false, form["RoleSessionName"]?.isEmpty == false else {
      return .answer(status: 400, body: #"{"RequestId":"R","Code":"MissingRoleArn","Message":"m"}"#)
    }
    return .answer(body: #"{"RequestId":"R","Credentials":"# + keys(now, code: nil) + "}")
  }

  private func keys(_ now: Behaviour, code: String?) -> String {
    let number = issued.withLock { issued in
      issued += 1
      return issued
    }
    return (code.map { #"{"Code":"\#($0)","# } ?? "{")
      + #""AccessKeyId":"STS.\#(number)","AccessKeySecret":"secret-\#(number)","#
      + #""SecurityToken":"token-\#(number)","Expiration":"\#(now.expiration)"}"#
  }

  private func isSigned(_ request: LoopbackRequest, _ now: Behaviour) -> Bool {
    guard let header = request.header("authorization"),
      let authorization = SignatureV3.Authorization(parsing: header),
      let secret = now.keys[authorization.accessKeyID]
    else { return false }
    let expected = SignatureV3.authorization(
      accessKeyID: authorization.accessKeyID, secret: RedactedSecret(secret), method: request.method,
      query: PercentEncoding.decodeForm(request.target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()),
      headers: request.headers.filter { authorization.signedHeaders.contains($0.name) },
      bodyHash: SignatureV3.bodyHash(Array(request.body.utf8)))
    let isTemporary = authorization.accessKeyID.hasPrefix("STS.")
    return expected == header && isTemporary == (request.header("x-acs-security-token") != nil)
  }
}

/// Runs `body` in surroundings whose services are a double on loopback sockets.
func withSurroundings(
  _ double: CloudDouble = CloudDouble(), environment: [String: String] = [:], files: [String: String] = [:],
  programs: [String: String] = [:], time: VirtualTime = VirtualTime(),
  do body: @Sendable (CredentialSurroundings) async throws -> Void
) async throws {
  try await withLoopbackServer {
    double.respond(to: $0)
  } do: { port in
    let endpoint = try Endpoint(parsing: "http://127.0.0.1:\(port)")
    try await AHCTransport.with { transport in
      var surroundings = CredentialSurroundings(
        environment: environment.merging(["HOME": "/h"]) { $1 }.mapValues {
          $0.replacing("{port}", with: "\(port)")
        },
        readFile: { path in
          files[path].map { Array($0.replacing("{port}", with: "\(port)").utf8) }
        },
        run: { command, _ in
          guard let output = programs[command.joined(separator: "|")] else {
            return CredentialSurroundings.ProcessOutcome(status: 3, output: [])
          }
          return CredentialSurroundings.ProcessOutcome(status: 0, output: Array(output.utf8))
        },
        transport: transport, time: time.timekeeper, randomness: .system, logger: Logger(label: "test"),
        userAgent: "kiln-test")
      surroundings.metadata = endpoint
      surroundings.sts = { _, _ in endpoint }
      try await body(surroundings)
    }
  }
}
