// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CloudAPI

struct EndpointTests {
  @Test(arguments: [
    ("https://ecs.aliyuncs.com", "https://ecs.aliyuncs.com"),
    ("ecs.aliyuncs.com", "https://ecs.aliyuncs.com"),
    ("ECS.Aliyuncs.com:443/", "https://ecs.aliyuncs.com"), ("https://h:8443", "https://h:8443"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://localhost:80", "http://localhost"),
    ("http://[::1]:8080", "http://[::1]:8080"), ("HTTPS://h", "https://h"),
  ])
  func readsWhatPeopleWrite(text: String, url: String) throws {
    #expect(try Endpoint(parsing: text).url == url)
  }

  @Test(arguments: [
    "", "https://", "ftp://h", "https://h/path", "https://h?x", "https://u@h", "https://h:0",
    "https://h:65536",
    "https://h:x", "https://h h", "https://[::1", "https://[]", "https://[::1]x", "https://h:", "https://é",
  ])
  func refusesOtherTexts(text: String) {
    #expect(throws: EndpointFailure.malformed(text)) { try Endpoint(parsing: text) }
  }

  @Test(arguments: [
    "http://ecs.aliyuncs.com", "http://128.0.0.1", "http://localhost.evil.com", "http://[::2]",
  ])
  func plainHTTPStaysOnThisMachine(text: String) throws {
    #expect(throws: EndpointFailure.plainHTTP(text)) { try Endpoint(parsing: text) }
    #expect(try Endpoint(parsing: text, insecureHTTP: true).scheme == "http")
  }

  @Test(arguments: [
    ("cn-beijing", Network.public, "ecs.cn-beijing.aliyuncs.com"),
    ("cn-hangzhou", .public, "ecs-cn-hangzhou.aliyuncs.com"),
    ("cn-shanghai-finance-1", .public, "ecs-cn-hangzhou.aliyuncs.com"),
    ("cn-shenzhen-finance-1", .public, "ecs-cn-hangzhou.aliyuncs.com"),
    ("cn-hangzhou-finance", .public, "ecs.aliyuncs.com"), ("cn-north-2-gov-1", .public, "ecs.aliyuncs.com"),
    ("cn-beijing-finance-pop", .public, "ecs.aliyuncs.com"),
    ("cn-hongkong-finance-pop", .public, "ecs.aliyuncs.com"),
    ("cn-beijing-gov-1", .public, "ecs.aliyuncs.com"),
    ("cn-edge-1", .public, "ecs.cn-qingdao-nebula.aliyuncs.com"),
    ("cn-hangzhou", .vpc, "ecs-vpc.cn-hangzhou.aliyuncs.com"),
    ("ap-southeast-1", .vpc, "ecs-vpc.ap-southeast-1.aliyuncs.com"),
  ])
  func regionsHaveTheirEndpoints(region: String, network: Network, host: String) {
    #expect(Endpoint.ecs(regionID: region, network: network).host == host)
  }

  @Test(arguments: [
    (nil, Network.public, "sts.aliyuncs.com"), (nil, .vpc, "sts.aliyuncs.com"),
    ("cn-beijing", .public, "sts.cn-beijing.aliyuncs.com"),
    ("cn-beijing", .vpc, "sts-vpc.cn-beijing.aliyuncs.com"),
  ])
  func tokenServiceHasItsEndpoints(region: String?, network: Network, host: String) {
    #expect(Endpoint.sts(regionID: region, network: network).host == host)
  }
}
