// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension ManifestReader {
  mutating func component(linter: inout ContentLinter, into problems: inout Problems) -> DesiredComponent? {
    var resource = decoder.decode(
      spec, as: ImageComponent.self, sugar: ManifestGrammar.componentSugar, provenance: &provenance,
      into: &problems)
    readTasks(into: &resource, &problems)
    let rule = versionRule(resource.componentVersion, into: &problems)
    resource.componentVersion = rule?.pinned?.description
    resource.name = resource.name ?? document.name
    let lifecycle = lifecycle(into: &problems)
    report(resource, tags: resource.tags, into: &problems)
    let content = resource.content.map { ContentText($0) }
    if isIntact, let content {
      linter.look(
        at: content, in: ContentContext(resource.contentPlace),
        of: Address(.component, document.name, version: rule?.pinned), from: contentOrigin,
        isSensitive: provenance.sensitive.contains("content"), into: &problems)
    }
    guard let rule else { return nil }
    return DesiredComponent(
      name: document.name, versionRule: rule, resource: resource, lifecycle: lifecycle,
      provenance: provenance, content: content)
  }

  private var contentOrigin: ContentOrigin {
    let place = provenance.place(of: "content")
    if let node = spec["content"], !node.isNull { return ContentOrigin(node, of: place, in: expansion) }
    return ContentOrigin(tasksOf: spec, of: place, in: expansion)
  }

  /// Reads `parameters:` and `tasks:`, the structured form of the content.
  private mutating func readTasks(into component: inout ImageComponent, _ problems: inout Problems) {
    let given = ["tasks", "parameters"].filter { key in spec[key].map { !$0.isNull } ?? false }
    guard let key = given.first, let node = spec[key] else { return }
    noteContent("content", under: key, node, into: &problems)
    let nodes = given.compactMap { spec[$0] }
    if nodes.contains(where: decoder.holdsSensitive) { provenance.sensitive.insert("content") }
    var found = Problems()
    component.content = StructuredContent(spec: spec, file: document.file, into: &found)?.yaml
    // Half of a content would be judged by what it lacks.
    if found.hasErrors || nodes.contains(where: \.holdsTag) {
      component.content = nil
      provenance.unreadable.insert("content")
    }
    problems.report(contentsOf: found.diagnostics)
  }

  private func versionRule(_ text: String?, into problems: inout Problems) -> VersionRule? {
    guard let text else { return provenance.isReadable("version") ? .automatic : nil }
    if let rule = VersionRule(text) { return rule }
    let isSecret = provenance.sensitive.contains("version")
    problems.report(
      .refusedValue(
        Violation(
          field: "version", code: "InvalidParameter.ComponentVersion",
          expectation: "must be like 1.4.0, 1.4.x or auto" + (isSecret ? "" : ", not \(text)")),
        at: provenance.place(of: "version")))
    return nil
  }
}
