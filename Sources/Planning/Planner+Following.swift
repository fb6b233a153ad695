// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension Planner {
  /// What stands in the contents of `pipeline` for each component that it follows.
  mutating func followed(by pipeline: DesiredPipeline) -> [ComponentReference: ComponentARN] {
    let references = pipeline.references.filter(\.follows)
    guard !references.isEmpty else { return [:] }
    guard let realm = observed.circumstances.realm else {
      refuse(
        .conflict, "unknown-account",
        "\(pipeline.address) follows a component, for which the account must be known",
        at: pipeline.provenance.location, hint: "give the target its accountId")
      return [:]
    }
    var followed: [ComponentReference: ComponentARN] = [:]
    for reference in references {
      guard let component = component(followedBy: reference) else { continue }
      followed[reference] = realm.arn(
        of: component.wireName, reference.version ?? component.versionRule.followedPattern)
    }
    return followed
  }

  /// The described components that commands of `pipeline`, written out by its author, name by ARN.
  func named(by pipeline: DesiredPipeline) -> [(
    reference: ComponentReference, address: Address, arn: ComponentARN
  )] {
    pipeline.writtenComponents.compactMap { handle in
      guard case .arn(let arn) = handle, observed.circumstances.mayHold(arn),
        let meant = chosenByWireName[arn.name]?.filter({ $0.version.map(arn.version.matches) ?? false }).max()
      else { return nil }
      return (ComponentReference(meant.name, version: arn.version, follows: true), meant, arn)
    }
  }

  private func component(followedBy reference: ComponentReference) -> DesiredComponent? {
    guard let address = address(of: reference) else { return nil }
    return chosen[address.name]?.first { $0.address == address }?.component
  }
}

extension VersionRule {
  /// What a step follows that names no version: the numbers that the rule leaves open.
  ///
  /// A pinned version is raised by hand, to any number.
  fileprivate var followedPattern: VersionPattern {
    switch self {
    case .pinned, .automatic: VersionPattern(nil, nil, nil)
    case .patch(let major, let minor): VersionPattern(major, minor, nil)
    }
  }
}
