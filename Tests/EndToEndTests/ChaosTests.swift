// SPDX-License-Identifier: Apache-2.0

import EmulatedCloud
import FoundationEssentials
import Testing

/// A service of which a fifth of all calls goes wrong in one way or another.
@Suite(.serialized) struct ChaosTests {
  private static let componentCount = 120
  private static let pipelineCount = 80

  /// All kinds of fault together, a fifth of all calls.
  private static let faults = [
    FaultRule(.loseRequest, share: 0.02), FaultRule(.loseAnswer, share: 0.02),
    FaultRule(.error(status: 503, code: "ServiceUnavailable"), share: 0.02),
    FaultRule(.errorAfter(status: 500, code: "InternalError"), share: 0.02),
    FaultRule(.throttle(retryAfter: 50), share: 0.02), FaultRule(.delay(milliseconds: 40), share: 0.02),
    FaultRule(.cutBody(at: 20), share: 0.02), FaultRule(.corruptBody, share: 0.02),
    FaultRule(.htmlPage(status: 502), share: 0.02), FaultRule(.duplicate, share: 0.01),
    FaultRule(.lag(milliseconds: 200), share: 0.01),
  ]

  @Test(arguments: 1...10)
  func everyResourceStandsOnceAfterOneMoreApplyAtTheMost(seed: UInt64) async throws {
    var configuration = EmulatorConfiguration(now: {
      Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
    })
    configuration.faults = FaultPlan(rules: Self.faults, seed: seed)
    try await withEmbeddedService(configuration) { address in
      try await withBinary { binary in
        try binary.write(Self.manifests, to: "project/all.yaml")
        let project = ProjectFixture(binary: binary, address: address)
        let first = try await project.kiln("apply", "--auto-approve", "--debug")
        #expect(first.exitCode == 0 || first.exitCode == 7, "\(first)")
        #expect(first.repeatedAfterRefusal.isEmpty)
        if first.exitCode == 7 {
          let second = try await project.kiln("apply", "--auto-approve", "--debug")
          #expect(second.repeatedAfterRefusal.isEmpty)
          #expect(second.exitCode == 0, "\(second)")
        }
        let held = try await project.held()
        #expect(Set(held).count == held.count, "something stands twice")
        #expect(held.count == Self.componentCount + Self.pipelineCount)
      }
    }
  }

  private static var manifests: String {
    var text = """
      apiVersion: kiln.imagebuilder/v1alpha1
      kind: Stack
      metadata: {name: chaos}
      spec: {id: chaos, targets: [{name: test, region: cn-hangzhou}]}

      """
    for number in 0..<componentCount {
      text += """
        ---
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: ImageComponent
        metadata: {name: component-\(number)}
        spec: {version: 1.0.0, content: "RUN echo \(number)"}

        """
    }
    for number in 0..<pipelineCount {
      text += """
        ---
        apiVersion: kiln.imagebuilder/v1alpha1
        kind: ImagePipeline
        metadata: {name: pipeline-\(number)}
        spec:
          baseImageType: IMAGE_FAMILY
          baseImage: acs:alibaba_cloud_linux_3_2104_lts_x64
          build: [{component: component-\(number)}, {component: component-\(number * 7 % componentCount)}]

        """
    }
    return text
  }
}

extension BinaryResult {
  /// Tokens that were sent again although the service had refused them for good.
  fileprivate var repeatedAfterRefusal: [String] {
    var refused = Set<Substring>()
    var repeated: [String] = []
    for line in talk.split(separator: "\n") where line.hasPrefix("debug: call") {
      let words = line.split(separator: " ")
      guard let token = words.first(where: { $0.hasPrefix("token=kiln-") }) else { continue }
      if refused.contains(token) { repeated.append(String(line)) }
      let isFinal = words.contains("next=fail")
      let code = words.first { $0.hasPrefix("code=") }
      let wasAnswered = code != "code=Unreadable" && code != "code=NoAnswer"
      if isFinal, wasAnswered { refused.insert(token) }
    }
    return repeated
  }
}
