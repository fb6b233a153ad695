// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

/// The parameters that components declare; each content is read once, however many pipelines name it.
struct DeclaredParameters {
  private var known: [Address: [StructuredContent.Parameter]?] = [:]

  /// What `component` declares; nil where its content could not be read.
  subscript(component: DesiredComponent) -> [StructuredContent.Parameter]? {
    mutating get {
      let key = Address(.component, "\(component.name)@\(component.versionRule)")
      if let parameters = known[key] { return parameters }
      let parameters =
        component.provenance.isReadable("content")
        ? component.resource.content.map(declaredParameters) : nil
      known[key] = .some(parameters)
      return parameters
    }
  }
}

extension DecodedSteps.Reference {
  /// What is wrong with the parameters that the step hands to `component`, which declares `declared`.
  func mistakes(
    handing declared: [StructuredContent.Parameter]?, to component: DesiredComponent
  ) -> [Diagnostic] {
    guard let declared else { return [] }
    let names = declared.map(\.name)
    let related = [Diagnostic.Related("the component is described here", at: component.provenance.location)]
    var found: [Diagnostic] = []
    for handed in arguments {
      let argument = handed.argument
      guard let parameter = declared.first(where: { $0.name == argument.name }) else {
        let hint = argument.name.nearest(among: names).map { "did you mean \($0)?" }
        found.append(
          Diagnostic(
            .error, rule: "unknown-parameter", "\(component.name) has no parameter \(argument.name)",
            at: handed.key, related: related,
            hint: hint ?? (names.isEmpty ? "it declares none" : "it has \(names.joined(separator: ", "))")))
        continue
      }
      if !parameter.type.admits(argument.value) {
        found.append(
          Diagnostic(
            .error, rule: "wrong-type",
            "parameter \(argument.name) of \(component.name) must be a \(parameter.type.rawValue)",
            at: handed.value, related: related))
      }
    }
    let given = Set(arguments.map(\.argument.name))
    for parameter in declared where parameter.defaultValue == nil && !given.contains(parameter.name) {
      // One that was likely meant is told of above.
      let isMisspelt = given.contains { !names.contains($0) && $0.nearest(among: [parameter.name]) != nil }
      if isMisspelt { continue }
      found.append(
        Diagnostic(
          .error, rule: "missing-parameter",
          "\(component.name) needs the parameter \(parameter.name), which has no default", at: place,
          related: related, hint: "add it under parameters: of the step"))
    }
    return found
  }
}
