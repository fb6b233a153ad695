// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// What one manifest describes.
enum DescribedResource: Sendable {
  case component(DesiredComponent)
  case pipeline(DesiredPipeline, references: [DecodedSteps.Reference])
}

extension DescribedResource {
  /// The address, with a component's pinned version.
  var address: Address {
    switch self {
    case .component(let component): component.address
    case .pipeline(let pipeline, _): pipeline.address
    }
  }

  /// Where its name stands.
  var location: Location {
    switch self {
    case .component(let component): component.provenance.location
    case .pipeline(let pipeline, _): pipeline.provenance.location
    }
  }
}

extension DescribedResource {
  /// The resource with each place replaced by what `lead` makes of it.
  func withPlaces(_ lead: (Location) -> Location) -> DescribedResource {
    switch self {
    case .component(let component):
      return .component(component.described(at: component.provenance.withPlaces(lead)))
    case .pipeline(let pipeline, let references):
      return .pipeline(
        pipeline.described(
          at: pipeline.provenance.withPlaces(lead), build: pipeline.build, test: pipeline.test),
        references: references.map { $0.withPlaces(lead) })
    }
  }
}

extension DecodedSteps.Reference {
  fileprivate func withPlaces(_ lead: (Location) -> Location) -> DecodedSteps.Reference {
    var reference = self
    reference.place = lead(place)
    reference.versionPlace = versionPlace.map(lead)
    for index in arguments.indices {
      reference.arguments[index].key = lead(arguments[index].key)
      reference.arguments[index].value = lead(arguments[index].value)
    }
    return reference
  }
}

extension Provenance {
  fileprivate func withPlaces(_ lead: (Location) -> Location) -> Provenance {
    var provenance = self
    provenance.fields = fields.mapped(lead)
    return provenance
  }
}
