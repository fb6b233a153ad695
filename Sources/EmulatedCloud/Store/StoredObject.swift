// SPDX-License-Identifier: Apache-2.0

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
struct ObjectQuery: Hashable, Sendable {
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
    var print = Fingerprint()
    let texts: [String?] = [
      kind.rawValue, name, resourceGroup, systemType, componentType, version?.text, pipeline.map { "\($0)" },
    ]
    for text in texts + ids { print.add(text ?? "-") }
    for tag in tags {
      print.add(tag.key ?? "-")
      print.add(tag.value ?? "-")
    }
    return print.text
  }
}

/// A version in which parts may be left open: `1.2.*`.
struct VersionPattern: Hashable, Sendable {
  let text: String
  /// The numbers, nil where there is a star.
  let parts: [Int64?]

  /// Nil unless `text` has three parts, each a number or a star, of which at most `mostStars` are stars.
  init?(_ text: String, mostStars: Int = 3) {
    var parts: [Int64?] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      if part == "*" {
        parts.append(nil)
      } else if let number = Int64(part), number >= 0, part.utf8.allSatisfy({ (48...57).contains($0) }) {
        parts.append(number)
      } else {
        return nil
      }
    }
    guard parts.count == 3, parts.count(where: { $0 == nil }) <= mostStars else { return nil }
    self.text = text
    self.parts = parts
  }
}
