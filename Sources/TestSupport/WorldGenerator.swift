// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ManifestSyntax
package import Resources

/// SplitMix64: small, seeded, the same everywhere.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers of `seed`.
  package init(_ seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Whether something happens that does so `percent` times in a hundred.
  package mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  /// One of `elements`, which must not be empty.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  /// A part of `elements`, in their order.
  package mutating func some<Element>(_ elements: [Element], percent: Int = 50) -> [Element] {
    elements.filter { _ in chance(percent) }
  }
}

/// The seeds that a law is tried with.
package enum WorldSeeds {
  /// `KILN_SEED` alone, where it is set; else `count` of them, or `KILN_WORLDS` of them.
  package static func all(_ count: Int = 30) -> [UInt64] {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["KILN_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    let wanted = environment["KILN_WORLDS"].flatMap { Int($0) } ?? count
    return (0..<max(1, wanted)).map { 0x6B69_6C6E &+ UInt64($0) &* 0x9E37 }
  }
}

/// Makes random valid stacks, and random later states of them.
package struct WorldGenerator: Sendable {
  /// The source of every choice.
  package var random: SeededRandom
  /// Raised by each change, so that a pinned version never comes back with another content.
  private var generation: UInt32 = 0

  /// The stacks of `seed`.
  package init(seed: UInt64) { random = SeededRandom(seed) }

  /// Who owns the resources.
  package static let identity = StackIdentity(id: "gi-world", name: "world", target: "local")

  private static let names = ["alpha", "beta", "gamma", "delta"]
  private static let tagKeys = ["team", "stage", "Cost Centre", "äöü"]

  /// A stack with up to four components and four pipelines.
  package mutating func stack() -> DesiredState {
    let components = random.some(Self.names, percent: 65).map { component($0) }
    let pipelines = random.some(Self.names, percent: 60).map { pipeline($0, naming: components) }
    return DesiredState(stack: Self.identity, components: components, pipelines: pipelines)
  }

  /// The stack after somebody has edited its manifests: some resources changed, added, taken out.
  package mutating func later(than state: DesiredState) -> DesiredState {
    generation += 1
    var components: [DesiredComponent] = []
    for name in Self.names {
      guard let old = state.components.first(where: { $0.name == name }) else {
        if random.chance(25) { components.append(component(name)) }
        continue
      }
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5: components.append(old)
      case 5..<7: components.append(component(name, like: old))
      case 7..<9: components.append(retagged(old))
      default: break
      }
    }
    var pipelines: [DesiredPipeline] = []
    for name in Self.names {
      guard let old = state.pipelines.first(where: { $0.name == name }) else {
        if random.chance(25) { pipelines.append(pipeline(name, naming: components)) }
        continue
      }
      let stands = old.references.allSatisfy { reference in
        components.contains { component in
          component.name == reference.name
            && component.resource.componentType
              == state.components.first { $0.name == reference.name }?.resource.componentType
        }
      }
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4 where stands: pipelines.append(old)
      case 4..<6 where stands: pipelines.append(retagged(old))
      case 9: break
      default: pipelines.append(pipeline(name, naming: components))
      }
    }
    return DesiredState(
      stack: state.stack, components: components, pipelines: pipelines, prunes: state.prunes)
  }

  private mutating func component(_ name: String, like old: DesiredComponent? = nil) -> DesiredComponent {
    var resource = ImageComponent()
    resource.name = name
    let number = Int.random(in: 0..<1000, using: &random)
    resource.content = random.pick([
      "RUN echo \(number)", "RUN echo \(number)\nRUN echo done\n",
      "ENV A=\(number)\nRUN echo \"$A\" && \\\n    echo b",
    ])
    if random.chance(50) { resource.description = "component \(number)" }
    resource.componentType = old.map(\.resource.componentType) ?? random.pick([nil, "Build", "Test"])
    if random.chance(30) { resource.systemType = "Linux" }
    if random.chance(20) { resource.resourceGroupID = "rg-emulated" }
    resource.tags = tags()
    let rule =
      old.map(\.versionRule).map { rule in
        rule.pinned == nil ? rule : VersionRule.pinned(Version(1, 0, generation))
      } ?? random.pick([.automatic, .patch(major: 2, minor: 3), .pinned(Version(1, 0, generation))])
    resource.componentVersion = rule.pinned?.description
    return DesiredComponent(
      name: name, versionRule: rule, resource: resource, lifecycle: lifecycle(), provenance: Self.nowhere)
  }

  private mutating func pipeline(_ name: String, naming components: [DesiredComponent]) -> DesiredPipeline {
    var resource = ImagePipeline()
    resource.name = name
    resource.baseImageType = "IMAGE_FAMILY"
    resource.baseImage = random.pick(["acs:alibaba_cloud_linux_3_2104_lts_x64", "acs:ubuntu_22_04_x64"])
    if random.chance(50) {
      resource.description = "pipeline \(Int.random(in: 0..<1000, using: &random))"
    }
    if random.chance(40) { resource.systemDiskSize = random.pick([20, 40, 60]) }
    if random.chance(40) { resource.internetMaxBandwidthOut = random.pick([0, 10]) }
    if random.chance(30) { resource.deleteInstanceOnFailure = random.chance(50) }
    if random.chance(40) { resource.imageOptions.imageName = name }
    if random.chance(20) { resource.imageName = resource.imageOptions.imageName ?? "old-\(name)" }
    if random.chance(30) { resource.imageOptions.imageTags = tags() }
    resource.toRegionIDs = random.some(["cn-shanghai", "cn-beijing", "cn-hangzhou"]).shuffled(using: &random)
    resource.addAccounts = random.some([1_234_567_890_123_456, 42]).shuffled(using: &random)
    if random.chance(20) { resource.resourceGroupID = "rg-emulated" }
    resource.tags = tags()
    let build = composition(of: components.filter { $0.resource.componentType != "Test" })
    let isText = random.chance(20)
    if isText { resource.buildContent = "RUN echo raw \(Int.random(in: 0..<1000, using: &random))\r\n" }
    let tests = components.filter { $0.resource.componentType == "Test" }
    let version = random.chance(20) ? "2.0.\(Int.random(in: 0..<9, using: &random))" : nil
    return DesiredPipeline(
      name: name, version: version, resource: resource, build: isText ? nil : build,
      test: tests.isEmpty ? nil : composition(of: tests), lifecycle: lifecycle(), provenance: Self.nowhere)
  }

  private mutating func composition(of components: [DesiredComponent]) -> Composition {
    var pieces: [Composition.Piece] = [.command("RUN echo begin")]
    for component in random.some(components, percent: 60) {
      pieces.append(
        .component(ComponentReference(component.name, follows: random.chance(15)), arguments: ""))
    }
    if random.chance(50) {
      pieces.append(.command("RUN echo \(Int.random(in: 0..<1000, using: &random))"))
    }
    return Composition(pieces)
  }

  private mutating func retagged(_ old: DesiredComponent) -> DesiredComponent {
    var resource = old.resource
    resource.tags = tags()
    return DesiredComponent(
      name: old.name, versionRule: old.versionRule, resource: resource, lifecycle: old.lifecycle,
      provenance: old.provenance)
  }

  private mutating func retagged(_ old: DesiredPipeline) -> DesiredPipeline {
    var resource = old.resource
    resource.tags = tags()
    return DesiredPipeline(
      name: old.name, version: random.chance(50) ? old.version : "3.0.0", resource: resource,
      build: old.build, test: old.test, lifecycle: old.lifecycle, provenance: old.provenance)
  }

  private mutating func tags() -> [String: String] {
    var tags: [String: String] = [:]
    for key in random.some(Self.tagKeys, percent: 35) { tags[key] = random.pick(["", "a", "b c"]) }
    return tags
  }

  private mutating func lifecycle() -> Lifecycle {
    var lifecycle = Lifecycle()
    if random.chance(25) { lifecycle.retain = Int.random(in: 1...2, using: &random) }
    return lifecycle
  }

  private static let nowhere = Provenance(
    location: Location(file: "world.yaml", range: SourceRange(.start, .start)))
}
