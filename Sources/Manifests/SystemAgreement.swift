// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension ReferenceResolver {
  /// Tells of components that are for another operating system than the pipeline's image, or than the components before.
  func checkSystems(
    of pipeline: DesiredPipeline, _ references: [DecodedSteps.Reference], into problems: inout Problems
  ) {
    var known = pipeline.knownSystem.map { system in
      (system: system, what: "the image", place: pipeline.provenance.place(of: "baseImage"))
    }
    for use in references {
      guard let component = matching(use.reference).first(where: { $0.knownSystem != nil }),
        let system = component.knownSystem
      else { continue }
      guard let first = known else {
        known = (system, component.address.description, component.provenance.location)
        continue
      }
      guard first.system != system else { continue }
      problems.report(
        Diagnostic(
          .error, rule: "component-system",
          "\(component.address) is for \(system), and \(first.what) for \(first.system)", at: use.place,
          related: [
            Diagnostic.Related("it is described here", at: component.provenance.location),
            Diagnostic.Related("\(first.what) is here", at: first.place),
          ], hint: "the service would answer InvalidImageComponent.NotSupported"))
    }
  }
}

extension DesiredComponent {
  /// `Linux` or `Windows`; nil where what is written is neither.
  fileprivate var knownSystem: String? {
    guard let type = resource.systemType else { return provenance.isReadable("systemType") ? "Linux" : nil }
    return ContentPlace.System(rawValue: type)?.rawValue
  }
}

extension DesiredPipeline {
  /// The system of what the pipeline starts from, where that can be told by its name.
  fileprivate var knownSystem: String? {
    guard provenance.isReadable("baseImage"), provenance.isReadable("baseImageType") else { return nil }
    switch resource.baseImageType {
    case "OSS":
      guard provenance.isReadable("importImageOptions.osType") else { return nil }
      return resource.importImageOptions.osType == "windows" ? "Windows" : "Linux"
    case "IMAGE_FAMILY":
      // Only the families of the service itself have such names.
      guard let family = resource.baseImage, family.hasPrefix("acs:") else { return nil }
      return family.hasPrefix("acs:windows") ? "Windows" : "Linux"
    case "IMAGE":
      guard let image = resource.baseImage, image.hasSuffix(".vhd") else { return nil }
      return image.hasPrefix("win") ? "Windows" : "Linux"
    default: return nil
    }
  }
}
