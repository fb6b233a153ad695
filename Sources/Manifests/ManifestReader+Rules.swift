// SPDX-License-Identifier: Apache-2.0

import ManifestSyntax
import Resources

extension ManifestReader {
  /// Tells what the service would refuse in `resource`, each breach at the smallest place that has it.
  func report<Root: FieldTabled>(
    _ resource: Root, tags: [String: String], into problems: inout Problems
  ) {
    let crowded = checkTags(tags, into: &problems)
    for violation in resource.violations {
      guard isIntact || provenance.fields[violation.field] != nil, provenance.isReadable(violation.field),
        !(crowded && violation.field == "tags")
      else { continue }
      let place = spec.range(of: violation.field, isTag: Root.isTag(violation.field)).map(location(of:))
      problems.report(.refusedValue(violation, at: place ?? provenance.place(of: violation.field)))
    }
  }

  /// Tells of tags that would get in the way of Kiln's own; whether there are too many of them.
  private func checkTags(_ tags: [String: String], into problems: inout Problems) -> Bool {
    for key in tags.keys.filter({ $0.hasPrefix(OwnershipTags.prefix) }).sorted() {
      let place = spec.range(of: "tags.\(key)", isTag: true).map(location(of:))
      problems.report(
        Diagnostic(
          .error, rule: "reserved-tag", "the tag \(key) is Kiln's own",
          at: place ?? provenance.place(of: "tags"),
          hint: "choose a key that does not begin with \(OwnershipTags.prefix)"))
    }
    guard tags.count > OwnershipTags.userTagLimit else { return false }
    problems.report(
      Diagnostic(
        .error, rule: "too-many-tags",
        "there are \(tags.count) tags; \(OwnershipTags.userTagLimit) are possible",
        at: provenance.place(of: "tags"),
        hint: "the service allows 20 (NumberExceed.Tags), of which Kiln keeps six for itself"))
    return true
  }
}

extension FieldTabled {
  /// Whether `path` names one tag of a field that holds tags.
  fileprivate static func isTag(_ path: String) -> Bool {
    fields.contains { $0.shape == .pairs && path.hasPrefix($0.name + ".") }
  }
}
