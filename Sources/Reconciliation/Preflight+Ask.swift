// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import JSONSyntax
package import Planning
import Resources

/// So many ids does one call of DescribeImages take.
private let imagesPerCall = 100

extension Preflight {
  /// Asks the service, as many things a call as it takes, side by side.
  ///
  /// A refusal, such as for want of permission, is an answer: what is asked is only advice.
  ///
  /// - Parameter width: How many calls run at once for one kind.
  package func ask(through cloud: ImageBuilder, width: Int) async -> [Kind: Answer] {
    async let images = answer(for: .image, through: cloud, width)
    async let families = answer(for: .family, through: cloud, width)
    async let regions = answer(for: .region, through: cloud, width)
    async let types = answer(for: .instanceType, through: cloud, width)
    async let components = answer(for: .component, through: cloud, width)
    let all: [(Kind, Answer?)] = await [
      (.image, images), (.family, families), (.region, regions), (.instanceType, types),
      (.component, components),
    ]
    return Dictionary(all.compactMap { kind, answer in answer.map { (kind, $0) } }, uniquingKeysWith: { $1 })
  }

  private func answer(for kind: Kind, through cloud: ImageBuilder, _ width: Int) async -> Answer? {
    let names = names(of: kind).sorted()
    guard !names.isEmpty else { return nil }
    do throws(CallFailure) {
      let batches = names.batches(of: kind.batch)
      let found = try await sideBySide(batches, width: width) { batch throws(CallFailure) in
        try await cloud.existing(batch, kind)
      }
      return .existing(Set(found.flatMap(\.1)))
    } catch {
      return .unknown(error.description)
    }
  }
}

extension Preflight.Kind {
  /// How many names one call takes.
  fileprivate var batch: Int {
    switch self {
    case .image: imagesPerCall
    case .family: 1
    case .region: 1_000
    case .instanceType: 10
    case .component: ImageBuilder.describeLimit
    }
  }
}

extension ImageBuilder {
  fileprivate func existing(
    _ names: [String], _ kind: Preflight.Kind
  ) async throws(CallFailure) -> Set<String> {
    switch kind {
    case .image: try await existingImages(names)
    case .family: try await existingFamilies(names)
    case .region: try await regions()
    case .instanceType: try await existingInstanceTypes(names)
    case .component: try await existingComponents(names)
    }
  }

  private func existingImages(_ ids: [String]) async throws(CallFailure) -> Set<String> {
    let reply = try await client.send(
      Call(
        "DescribeImages",
        [("ImageId", ids.joined(separator: ",")), ("Status", "ALL"), ("PageSize", String(imagesPerCall))],
        kind: .read, shape: .list(in: "Images", named: "Image", ofItemsWith: "ImageId")))
    return Set(reply.items.compactMap { $0["ImageId"]?.string })
  }

  private func existingFamilies(_ names: [String]) async throws(CallFailure) -> Set<String> {
    var found: Set<String> = []
    for name in names {
      let reply = try await client.send(
        Call("DescribeImageFromFamily", [("ImageFamily", name)], kind: .read))
      // None of the family: the service answers with an image that has no id.
      if reply["Image"]?["ImageId"]?.string?.isEmpty == false { found.insert(name) }
    }
    return found
  }

  private func regions() async throws(CallFailure) -> Set<String> {
    let reply = try await client.send(
      Call(
        "DescribeRegions", kind: .read,
        shape: .list(in: "Regions", named: "Region", ofItemsWith: "RegionId")))
    return Set(reply.items.compactMap { $0["RegionId"]?.string })
  }

  /// The service leaves out what it does not know, or refuses the call for it: then each name is asked for by itself.
  private func existingInstanceTypes(_ names: [String]) async throws(CallFailure) -> Set<String> {
    let call = Call(
      "DescribeInstanceTypes", names.enumerated().map { ("InstanceTypes.\($0 + 1)", $1) }, kind: .read,
      shape: .list(in: "InstanceTypes", named: "InstanceType", ofItemsWith: "InstanceTypeId"))
    do {
      return Set(
        try await client.list(call, pageSize: nil) { page in
          page.items.compactMap { $0["InstanceTypeId"]?.string }
        })
    } catch {
      guard case .refused(let refusal) = error, refusal.isAboutInstanceTypes else { throw error }
    }
    guard names.count > 1 else { return [] }
    var found: Set<String> = []
    for name in names { found.formUnion(try await existingInstanceTypes([name])) }
    return found
  }

  /// Looks among the account's own components, then among those that the system offers.
  private func existingComponents(_ ids: [String]) async throws(CallFailure) -> Set<String> {
    let own = Set(try await described(.component, ids: ids).keys)
    let rest = ids.filter { !own.contains($0) }
    guard !rest.isEmpty else { return own }
    let offered = try await described(.component, ids: rest, owner: "ALIYUN")
    return own.union(offered.keys)
  }
}

extension ServiceError {
  /// Whether the instance types that were asked for are what is wrong: `InvalidInstanceType.NotFound` and its like.
  ///
  /// Which code the service has for them is not published.
  fileprivate var isAboutInstanceTypes: Bool { code.hasPrefix("Invalid") && code.contains("InstanceType") }
}
