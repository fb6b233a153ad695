// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import TestSupport
import Testing

struct ProxyTests {
  /// Variables, a URL, and the proxy that it goes through.
  struct Case: Sendable {
    let environment: [String: String]
    let url: String
    let proxy: String?

    init(_ environment: [String: String], _ url: String, _ proxy: String?) {
      self.environment = environment
      self.url = url
      self.proxy = proxy
    }
  }

  static let cases: [Case] = [
    Case(["ALL_PROXY": "http://all:8080"], "https://h", "all:8080"),
    Case(["all_proxy": "p"], "https://h", "p:80"),
    Case(["http_proxy": "p:1"], "http://h", nil),
    Case(["HTTPS_PROXY": "http://proxy:3128"], "https://h", "proxy:3128"),
    Case(["https_proxy": "low:1", "HTTPS_PROXY": "up:2"], "https://h", "low:1"),
    Case(["HTTPS_PROXY": "p:1"], "http://h", nil),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": "x, h"], "https://h", nil),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": ".aliyuncs.com"], "https://ecs.aliyuncs.com", nil),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": "aliyuncs.com"], "https://ecs.aliyuncs.com", nil),
    Case(["HTTPS_PROXY": "p:1", "no_proxy": "*.aliyuncs.com"], "https://ecs.aliyuncs.com", nil),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": "yuncs.com"], "https://ecs.aliyuncs.com", "p:1"),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": "*"], "https://ecs.aliyuncs.com", nil),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": "h:443"], "https://h", nil),
    Case(["HTTPS_PROXY": "p:1", "NO_PROXY": "h:8443"], "https://h", "p:1"),
    Case(["ALL_PROXY": "p:1"], "http://127.0.0.1:8080", nil),
    Case(["ALL_PROXY": "p:1"], "http://100.100.100.200", nil),
    Case([:], "https://h", nil),
    Case(["HTTPS_PROXY": ""], "https://h", nil),
  ]

  @Test(arguments: cases)
  func variablesAreReadAsUsual(_ example: Case) throws {
    let settings = try ProxySettings(environment: example.environment)
    let found = settings.proxy(for: try Endpoint(parsing: example.url, insecureHTTP: true))
    #expect(found.map { "\($0.host):\($0.port)" } == example.proxy)
  }

  @Test(arguments: ["socks5://p:1", "http://", "p:x", "http://p:1/path"])
  func otherValuesAreRefusedByName(value: String) {
    let failure = #expect(throws: ProxyFailure.self) {
      try ProxySettings(environment: ["HTTPS_PROXY": value])
    }
    #expect(failure?.description == "HTTPS_PROXY is not of the form http://host:port")
  }

  @Test func tunnelThatIsRefusedSentNothing() async throws {
    try await withLoopbackServer { _ in
      .answer(status: 403, body: "")
    } do: { port in
      var options = AHCTransport.Options()
      options.proxies = try ProxySettings(environment: ["https_proxy": "127.0.0.1:\(port)"])
      try await AHCTransport.with(options) { transport in
        let failure = await #expect(throws: TransportFailure.self) {
          try await transport.send(
            HTTPRequest(endpoint: Endpoint(host: "far.example"), method: "POST", timeout: .seconds(5)))
        }
        guard case .notSent = failure else { return #expect(failure == .notSent("")) }
      }
    }
  }
}
