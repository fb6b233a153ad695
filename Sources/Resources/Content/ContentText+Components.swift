// SPDX-License-Identifier: Apache-2.0

/// A `COMPONENT` command of a content, with its place.
public struct ComponentUse: Hashable, Sendable {
  /// What it names.
  public let reference: ComponentHandle
  /// The parameters that it hands over, in the order of the text.
  public let arguments: [ComponentArgument]
  /// Where the command stands in the content, in UTF-8 bytes.
  public let byteRange: Range<Int>
  /// Where the reference and the parameters stand in the content, in UTF-8 bytes.
  public let argumentRange: Range<Int>
}

/// The components that `text` names, in the order of the text; `COMPONENT` lines that can't be read are left out.
public func componentReferences(in text: String) -> [ComponentUse] {
  ContentText(text).componentUses
}

extension ContentText {
  /// The components that the content names, in the order of the text.
  public var componentUses: [ComponentUse] {
    guard case .dockerfile(let content) = body else { return [] }
    return content.lines.compactMap { line in
      guard case .command(.component(let reference, let arguments)) = line.reading else { return nil }
      return ComponentUse(
        reference: reference, arguments: arguments, byteRange: line.range, argumentRange: line.argumentRange)
    }
  }
}

extension ContentText {
  /// The parameters that the content declares, in the order of the text; those without a sound type are left out,
  /// and there are none where it is not in the YAML form.
  public var declaredParameters: [StructuredContent.Parameter] {
    guard case .yaml(let content) = body else { return [] }
    return content.parameters.compactMap { parameter in
      parameter.type.map { type in
        StructuredContent.Parameter(
          name: parameter.name.text, type: type, defaultValue: parameter.defaultValue?.text)
      }
    }
  }
}
