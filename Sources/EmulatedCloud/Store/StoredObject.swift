// SPDX-License-Identifier: Apache-2.0

import Resources

/// The kinds of things that are stored, by their ResourceType in the tag operations.
enum ObjectKind: String, Sendable, CaseIterable {
  case component = "imagecomponent"
  case pipeline = "imagepipeline"
  case execution = "imagepipelineexecution"
  case image = "image"
}

/// Where a thing lives; no call sees beyond its own.
struct Scope: Hashable, Sendable {
  let account: String
  let region: String
}

/// A thing to be stored.
struct NewObject: Sendable {
  let kind: ObjectKind
  let id: String
  let name: String
  let resourceGroup: String
  let created: Int64
  /// The members of its Describe item that never change, as JSON text without braces.
  let item: String
  let tags: [String: String]
}

/// A thing that is stored.
struct StoredObject: Sendable {
  let sequence: Int64
  let id: String
  let name: String
  let resourceGroup: String
  let created: Int64
  let item: String
  /// Its tags as JSON text: a list of objects with TagKey and TagValue.
  let tags: String

  /// Its item in a Describe reply.
  var json: String {
    "{\(item),\"ResourceGroupId\":\"\(resourceGroup)\",\"Tags\":{\"Tag\":\(tags)}}"
  }
}

/// Which things a list shows.
struct ListQuery: Hashable, Sendable {
  var kind: ObjectKind
  var ids: [String] = []
  var name: String?
  var resourceGroup: String?
  var tags: [TagQuery] = []
  /// Things created later than this are not shown yet.
  var createdUpTo: Int64?
  /// Executions of the pipeline with this sequence.
  var pipeline: Int64?
  var systemType: String?
  var componentType: String?
  var version: VersionPattern?

  /// What page tokens are bound to: the same for the same question.
  var fingerprint: String {
    var print = TextFingerprint()
    let texts: [String?] = [
      kind.rawValue, name, resourceGroup, systemType, componentType, version?.description,
      pipeline.map { "\($0)" },
    ]
    for text in texts + ids { print.add(text ?? "-") }
    for tag in tags {
      print.add(tag.key ?? "-")
      print.add(tag.value ?? "-")
    }
    return print.text
  }
}
