// SPDX-License-Identifier: Apache-2.0

import Crypto

/// A digest over a resource's immutable fields, name and version left out (design: ownership).
///
/// It names its format, so that a later format never makes an old digest look like a change.
public struct SpecDigest: Hashable, Sendable {
  /// The format in which this Kiln computes digests.
  public static let format = "1"

  /// Format and digest as the tag holds them: `1:` and 40 hexadecimal digits.
  public let text: String

  /// The digest that a tag holds, taken as it is.
  public init(recorded text: String) {
    self.text = text
  }

  /// The digest over `canonical`, in the present format.
  public init(over canonical: CanonicalBytes) {
    self.text = "\(SpecDigest.format):\(hexadecimal(canonical.sha256(prefix: 20)))"
  }

  /// Whether the digest is in the format that this Kiln computes.
  public var isCurrentFormat: Bool { text.hasPrefix(SpecDigest.format + ":") }

  /// Whether the digest is in a format that another Kiln computes, so that it can't be compared.
  public var isForeign: Bool {
    !isCurrentFormat && text.firstIndex(of: ":").map { UInt(text[..<$0]) != nil } ?? false
  }

  /// Whether it is a digest at all, in this Kiln's format or in another's.
  public var isReadable: Bool {
    let digits = text.utf8.dropFirst(SpecDigest.format.utf8.count + 1)
    return isForeign
      || isCurrentFormat && digits.count == 40 && digits.allSatisfy { $0.isDigit || $0.isLetter }
  }
}

/// Bytes that are the same for the same meaning: each text stands behind its length.
public struct CanonicalBytes: Sendable {
  /// The bytes so far.
  public private(set) var bytes: [UInt8] = []

  /// No bytes yet.
  public init() {}

  /// Adds `text` behind its length.
  public mutating func append(_ text: String) {
    append(decimal: text.utf8.count)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// Adds a value of a field.
  public mutating func append(_ value: FieldValue) {
    switch value {
    case .text(let text):
      append("text")
      append(text)
    case .integer(let number):
      append("integer")
      append(String(number))
    case .boolean(let truth):
      append("boolean")
      append(truth ? "true" : "false")
    case .texts(let texts): append(list: texts)
    case .integers(let numbers): append(list: numbers.map(String.init))
    case .pairs(let pairs): append(list: pairs.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    case .disks(let disks):
      append("disks")
      append(String(disks.count))
      for disk in disks {
        append("disk")
        append(fieldsOf: disk)
      }
    }
  }

  /// Adds the set fields that a digest covers, by name, but for those in `replaced`.
  public mutating func append<Root: FieldTabled>(
    fieldsOf root: Root, replacing replaced: [String: String] = [:]
  ) {
    var root = root
    for field in Root.fields where field.change == .replaces {
      if field.isContent, let text = replaced[field.name] {
        append(field.name)
        append("meaning")
        append(text)
      } else if let value = field.canonical(field.read(from: &root)) {
        append(field.name)
        append(value)
      }
    }
  }

  private mutating func append(list texts: [String]) {
    append("list")
    append(String(texts.count))
    for text in texts { append(text) }
  }
}

/// `bytes` as lower-case hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

extension SpecDigest {
  /// The digest of a component.
  ///
  /// - Parameter content: The component's content, where it has been read before.
  public init(of component: ImageComponent, content: ContentText? = nil) {
    var canonical = CanonicalBytes()
    canonical.append("component")
    let read = content ?? component.content.map { ContentText($0) }
    let contents = read.map { ["content": $0.model(at: component.contentPlace).canonicalText] }
    canonical.append(fieldsOf: component, replacing: contents ?? [:])
    self.init(over: canonical)
  }

  /// The digest of a pipeline.
  ///
  /// - Parameter contents: Contents in which references stand as name, resolved version and digest, by field
  ///   name, as ``Swift/String/contentMeaning(at:)`` gives them; they take the place of the fields' own text.
  public init(of pipeline: ImagePipeline, contents: [String: String] = [:]) {
    var canonical = CanonicalBytes()
    canonical.append("pipeline")
    canonical.append(fieldsOf: pipeline.canonical, replacing: contents)
    self.init(over: canonical)
  }
}

extension CanonicalBytes {
  /// The SHA-256 hash of the bytes.
  public var sha256: [UInt8] { sha256(prefix: SHA256.byteCount) }

  /// The first bytes of that hash.
  func sha256(prefix count: Int) -> [UInt8] { Array(SHA256.hash(data: bytes).prefix(count)) }
}

extension ImageComponent {
  /// Where the content is used, as the content language knows it.
  public var contentPlace: ContentPlace { .component(systemType == "Windows" ? .windows : .linux) }
}

extension String {
  /// What the text says as a content at `place`: equal for contents that mean the same, however written.
  ///
  /// The service may trim the end; a block scalar of the YAML form would then say something else.
  public func contentMeaning(at place: ContentPlace) -> String {
    let end = utf8.lastIndex { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard let end else { return ContentText("").model(at: place).canonicalText }
    let rest = utf8[utf8.index(after: end)...]
    let trimmed = rest.elementsEqual("\n".utf8) ? self : String(self[..<rest.startIndex]) + "\n"
    return ContentText(trimmed).model(at: place).canonicalText
  }
}
