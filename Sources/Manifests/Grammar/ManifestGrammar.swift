// SPDX-License-Identifier: Apache-2.0

import Resources

/// The keys of manifests: what every kind has in common.
enum ManifestGrammar {
  /// The keys of a document of `kind`.
  static func document(_ kind: ManifestKind) -> Members {
    Members([
      apiVersion, Member("kind", .text([.oneOf([kind.rawValue])]), isRequired: true, kind.summary),
      Member("metadata", .mapping(metadata), isRequired: true, "What the manifest is called."),
      Member("spec", spec(of: kind), isRequired: kind == .stack, "What is asked for."), status,
    ])
  }

  /// The names of the keys that a document of any kind may have.
  static let documentKeys = document(.stack).names

  /// The keys of a document of kind `List`.
  static let list: Members = {
    var members = Members([
      Member(
        "apiVersion", .text([.oneOf([ManifestDocument.apiVersion, "v1"])]), isRequired: true,
        "The version of the language that the list is written in."),
      Member("kind", .text([.oneOf(["List"])]), isRequired: true, "Several manifests in one document."),
      Member("metadata", .anything, "Not looked at."),
      Member("items", .list(.manifest), isRequired: true, "The manifests."),
    ])
    members.isOpen = true
    return members
  }()

  private static let apiVersion = Member(
    "apiVersion", .text([.oneOf([ManifestDocument.apiVersion])]), isRequired: true,
    "The version of the language that manifests are written in.")

  private static let status = Member("status", .anything, "Accepted and not looked at.")

  /// The keys of `metadata`.
  static let metadata = Members([
    Member(
      "name", .pattern(#"^[^\s/@\u0000-\u001f]{1,100}$"#, example: "nginx", admitsNumbers: true),
      isRequired: true,
      "The name in addresses, plans and references: 1 to 100 characters, without spaces, / and @."),
    Member("namespace", .anything, "Accepted and not sent."),
    Member("labels", .anything, "Accepted and not sent."),
    Member("annotations", .anything, "Accepted and not sent."),
    Member("uid", .anything, "Accepted and not sent."),
    Member("generation", .anything, "Accepted and not sent."),
    Member("creationTimestamp", .anything, "Accepted and not sent."),
    Member("resourceVersion", .anything, "Accepted and not sent."),
    Member("managedFields", .anything, "Accepted and not sent."),
  ])

  private static func spec(of kind: ManifestKind) -> Form {
    switch kind {
    case .component: Form.mapping(component).expandable
    case .pipeline: Form.mapping(pipeline).expandable
    case .stack: .mapping(stack)
    }
  }
}

extension ManifestKind {
  /// What the kind is, in one sentence.
  fileprivate var summary: String {
    switch self {
    case .component: "An image component: one immutable version of something to put into images."
    case .pipeline: "An image pipeline: the recipe for an image."
    case .stack: "What owns all components and pipelines of a folder, and where they are realised."
    }
  }
}
