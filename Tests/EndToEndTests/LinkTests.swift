// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// A project's files are those inside of it, whatever links say.
@Suite struct LinkTests {
  private static let stack = """
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: Stack
    metadata: {name: golden}
    spec: {id: gi-1, targets: [{name: local, region: cn-hangzhou, endpoint: embedded}]}

    """

  private static func component(_ name: String, _ path: String) -> String {
    """
    apiVersion: kiln.imagebuilder/v1alpha1
    kind: ImageComponent
    metadata: {name: \(name)}
    spec: {version: 1.0.0, content: !file \(path)}

    """
  }

  @Test func linksThatLeadOutAreRefusedAndTheirFilesNotShown() async throws {
    try await withBinary { binary in
      try binary.write("RUN cat secret", to: "outside/secret.yaml")
      try binary.write(Self.stack, to: "project/stack.yaml")
      try binary.write(Self.component("nginx", "linked.sh"), to: "project/nginx.yaml")
      try binary.write(Self.component("java", "folder/secret.yaml"), to: "project/java.yaml")
      try binary.write(Self.component("php", "../outside/secret.yaml"), to: "project/php.yaml")
      for (link, destination) in [
        ("linked.sh", "../outside/secret.yaml"), ("folder", "../outside"),
        ("x.yaml", "../outside/secret.yaml"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(binary.folder)/project/\(link)", withDestinationPath: destination)
      }
      let result = try await binary.kiln(["validate", "project"])
      #expect(result.exitCode == 1)
      for place in ["project/nginx.yaml:4:33", "project/java.yaml:4:33", "project/php.yaml:4:33"] {
        #expect(result.talk.contains(place), "\(result)")
      }
      #expect(result.talk.contains("project/x.yaml is outside the project"), "\(result)")
      #expect(!result.talk.contains("RUN cat"), "\(result)")
    }
  }

  @Test func linksInsideAreFollowed() async throws {
    try await withBinary { binary in
      try binary.write(Self.stack, to: "project/stack.yaml")
      try binary.write("RUN true", to: "project/scripts/install.sh")
      try binary.write(Self.component("nginx", "linked.sh"), to: "project/nginx.yaml")
      try FileManager.default.createSymbolicLink(
        atPath: "\(binary.folder)/project/linked.sh", withDestinationPath: "scripts/install.sh")
      // The project itself may be reached by a link.
      try FileManager.default.createSymbolicLink(
        atPath: "\(binary.folder)/link", withDestinationPath: "project")
      for folder in ["project", "link"] {
        let result = try await binary.kiln(["validate", folder])
        #expect(result.exitCode == 0, "\(result)")
      }
    }
  }
}
