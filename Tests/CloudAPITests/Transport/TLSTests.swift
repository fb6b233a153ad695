// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import TestSupport
import Testing

/// Whom the transport trusts.
struct TLSTests {
  @Test func strangersAreNotTrusted() async throws {
    await expectUntrusted(by: AHCTransport.Options(), host: "localhost")
  }

  @Test func namedRootIsTrustedForItsName() async throws {
    let options = AHCTransport.Options(extraTrustRoots: Array(LoopbackCertificate.root.utf8))
    try await withLoopbackServer(tls: true) {
      .answer(body: $0.method)
    } do: { port in
      try await AHCTransport.with(options) { transport in
        let answer = try await transport.send(request("localhost", port))
        #expect(answer.body == Array("POST".utf8))
      }
    }
  }

  @Test func namedRootIsNotTrustedForAnotherName() async throws {
    let options = AHCTransport.Options(extraTrustRoots: Array(LoopbackCertificate.root.utf8))
    await expectUntrusted(by: options, host: "127.0.0.1")
  }

  @Test func rootsThatAreNoCertificatesAreRefused() async {
    var options = AHCTransport.Options()
    options.extraTrustRoots = Array("not a certificate".utf8)
    await #expect(throws: TrustRootFailure.self) { try await AHCTransport.with(options) { _ in } }
  }

  private func expectUntrusted(by options: AHCTransport.Options, host: String) async {
    let failure = await #expect(throws: TransportFailure.self) {
      try await withLoopbackServer(tls: true) { _ in
        .answer(body: "")
      } do: { port in
        try await AHCTransport.with(options) { try await $0.send(request(host, port)) }
      }
    }
    guard case .untrusted = failure else { return #expect(failure == .untrusted("")) }
  }
}

private func request(_ host: String, _ port: Int) throws -> HTTPRequest {
  HTTPRequest(
    endpoint: try Endpoint(parsing: "https://\(host):\(port)"), method: "POST", timeout: .seconds(10))
}
