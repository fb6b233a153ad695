// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax

extension Form {
  /// The order in which `fmt` puts the children of a block: known keys first, as the form has them, then others as they
  /// stand.
  ///
  /// An alias must stay behind its anchor: where two children have such, they stay as they are.
  func order(of children: [WrittenChild]) -> [Int] {
    let asWritten = Array(children.indices)
    let names = children.compactMap(\.name)
    guard names.count == children.count, !names.contains("<<"), children.count(where: \.hasReferences) < 2,
      let members = members(for: names)
    else { return asWritten }
    let known = members.names
    let ranks = names.map { known.firstIndex(of: $0) ?? known.count }
    return asWritten.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
  }

  /// The form of what stands under the key or dash of `child`.
  func form(of child: WrittenChild) -> Form {
    switch self {
    case .mapping(let members): child.name.flatMap { members[$0]?.form } ?? .anything
    case .dictionary(let value, _): child.key == nil ? .anything : value
    case .list(let element, _):
      child.key != nil ? .anything : element.isManifest ? Form.manifest(child.value) ?? .anything : element
    case .expandable(let form): form.form(of: child)
    case .either(let forms): forms.first { $0.fits(child) }?.form(of: child) ?? .anything
    case .whereKeyed(_, let form): form.form(of: child)
    case .text, .integer, .boolean, .pattern, .manifest, .anything: .anything
    }
  }

  private func fits(_ child: WrittenChild) -> Bool {
    switch self {
    case .mapping, .dictionary, .whereKeyed: child.key != nil
    case .list: child.key == nil
    case .expandable(let form): form.fits(child)
    case .either(let forms): forms.contains { $0.fits(child) }
    case .text, .integer, .boolean, .pattern, .manifest, .anything: false
    }
  }

  /// The keys of a mapping that has keys of these names.
  private func members(for names: [String]) -> Members? {
    switch self {
    case .mapping(let members): members
    case .expandable(let form): form.members(for: names)
    case .either(let forms): forms.lazy.compactMap { $0.members(for: names) }.first
    case .whereKeyed(let keys, let form):
      names.contains(where: keys.contains) ? form.members(for: names) : nil
    case .text, .integer, .boolean, .pattern, .list, .dictionary, .manifest, .anything: nil
    }
  }

  private var isManifest: Bool { if case .manifest = self { true } else { false } }

  /// The form of the document `root`, if it is one of ours.
  static func manifest(_ root: WrittenNode) -> Form? {
    func value(_ name: String) -> String? {
      root.children?.first { $0.name == name }?.value.scalar?.text
    }
    guard case .mapping = root.shape, value("apiVersion") == ManifestDocument.apiVersion,
      let kind = value("kind")
    else { return nil }
    if kind == "List" { return .mapping(ManifestGrammar.list) }
    return ManifestKind(rawValue: kind).map { .mapping(ManifestGrammar.document($0)) }
  }
}
