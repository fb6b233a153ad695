// SPDX-License-Identifier: Apache-2.0

import Planning
import Resources
import Testing

@Suite struct ObjectQueryTests {
  private static let object: ObservedResource = {
    var pipeline = ImagePipeline()
    pipeline.name = "web-base-1"
    pipeline.tags = ["team": "web", "empty": ""]
    pipeline.resourceGroupID = "rg-1"
    return ObservedResource(id: "ip-1", resource: .pipeline(pipeline), creationTime: "")
  }()

  @Test(arguments: [
    "name=web-base-1", "name=web-*", "name=*-1", "name=*base*", "name=w*b*1", "name=*", "name=web-base-1*",
    "kind=pipeline", "tag:team=web", "tag:team=*", "tag:empty=", "group=rg-*",
    "kind=pipeline,name=web-*,tag:team=web",
  ])
  func findsWhatIsMeant(_ text: String) throws {
    #expect(try #require(ObjectQuery(text)).matches(Self.object))
  }

  @Test(arguments: [
    "name=web", "name=web-", "name=*web", "name=w*w*w*1", "name=web-base-1*1", "kind=component",
    "tag:team=db",
    "tag:stage=*", "group=rg-2", "kind=pipeline,name=db-*", "name=",
  ])
  func passesOverTheRest(_ text: String) throws {
    #expect(try !#require(ObjectQuery(text)).matches(Self.object))
  }

  @Test(arguments: ["", "web", "kind=image", "colour=red", "tag:=x", "name=a,,kind=pipeline", "name=a,"])
  func refusesWhatItCantRead(_ text: String) {
    #expect(ObjectQuery(text) == nil)
  }
}
