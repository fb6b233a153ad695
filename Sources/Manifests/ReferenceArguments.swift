// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension DesiredComponent {
  /// What the component declares; nil where its content could not be read.
  fileprivate var readableParameters: [StructuredContent.Parameter]? {
    provenance.isReadable("content") && resource.content != nil ? parameters : nil
  }
}

extension DecodedSteps.Reference {
  /// What is wrong with the parameters that the step hands to `component`, by what that declares.
  func mistakes(handingTo component: DesiredComponent) -> [Diagnostic] {
    guard let declared = component.readableParameters, !declared.isEmpty || !arguments.isEmpty else {
      return []
    }
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
            at: handed.value, related: related, hint: parameter.type.wording))
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

extension ParameterType {
  /// How a value of the type is written.
  fileprivate var wording: String? {
    switch self {
    case .string: nil
    case .number: "write it in digits"
    case .boolean: "write true or false"
    }
  }
}
