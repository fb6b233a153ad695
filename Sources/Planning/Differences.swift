// SPDX-License-Identifier: Apache-2.0

import Resources

/// How a field's difference weighs.
enum DifferenceWeight {
  /// The object is not what is asked for.
  case real
  /// The service may have rewritten the value: alone, under an equal digest, only worth a warning.
  case perhapsRewritten
  /// The service does not show the value: the digest decides.
  case unshown
  /// The service may have chosen the value: it counts only when the manifest has changed.
  case perhapsChosen
}

struct Difference {
  let change: FieldChange
  let weight: DifferenceWeight
  /// Stands for what is shown.
  let echo: SettingMark
  /// What is shown, in the form that is compared.
  let meaning: FieldValue?

  /// Whether the service shows a value that nobody asked for.
  var isEcho: Bool { weight == .real || weight == .perhapsRewritten }
}

extension [Difference] {
  /// The marks of what is shown though nobody asked for it.
  var echoes: Set<SettingMark> { Set(lazy.filter(\.isEcho).map(\.echo)) }

  /// Those of the marks that `ownership` says were there from the beginning.
  ///
  /// They explain nothing where the manifest has changed.
  func knownEchoes(_ ownership: OwnershipTags?, for digest: SpecDigest) -> Set<SettingMark> {
    guard let ownership, ownership.digest == digest || ownership.digest.isForeign else { return [] }
    let echoes = echoes
    return echoes.isEmpty ? [] : ownership.known(among: echoes)
  }
}

/// The immutable fields in which `observed` is not what `desired` asks for, through the equalities of
/// reference §9.
///
/// - Parameter contents: What is compared in place of the texts of content fields, by field name.
func differences<Root: FieldTabled>(
  desired: Root, observed: Root, contents: [String: ComparedContent], sensitive: Set<String>
) -> [Difference] {
  var found: [Difference] = []
  var desired = desired, observed = observed
  for field in Root.fields where field.change != .updatesInPlace {
    let content = field.isContent ? contents[field.name] : nil
    let asked = field.read(from: &desired), shown = field.read(from: &observed)
    // As nearly always: what is written alike needs no common form.
    if content == nil, asked == shown { continue }
    let wanted = content.map { $0.desiredMeaning.map(FieldValue.text) } ?? field.canonical(asked)
    var present = content.map { $0.observedMeaning.map(FieldValue.text) } ?? field.canonical(shown)
    if case .disks(let asked)? = wanted, case .disks(let shown)? = present {
      present = .disks(shown.withoutChoices(where: asked))
    }
    guard wanted != present else { continue }
    if field.change == .identifies, wanted == nil { continue }
    // Whether Describe shows the options of an import, and contents, is not documented (reference §9).
    let isUnshown = field.mayBeUnshown && shown == nil
    let weight: DifferenceWeight =
      switch field.echo {
      case .faithful, .unordered: isUnshown ? .unshown : .real
      case .rewritten: isUnshown ? .unshown : .perhapsRewritten
      case .chosenByService: isUnshown || wanted == nil ? .perhapsChosen : .real
      }
    found.append(
      Difference(
        change: FieldChange(
          field.name,
          from: content.map { $0.observed.map(FieldValue.text) } ?? shown ?? field.defaultValue,
          to: content.map { $0.desired.map(FieldValue.text) } ?? asked ?? field.defaultValue,
          forcesReplacement: true, isSensitive: sensitive.contains(field.name)),
        weight: weight,
        echo: SettingMark(echoOf: field.name, shown: field.canonical(shown)),
        meaning: present))
  }
  return found
}

extension Field {
  /// Whether Describe may leave the field out though it is set.
  fileprivate var mayBeUnshown: Bool {
    isContent || wire.hasPrefix("ImportImageOptions.")
  }
}

/// A content on both sides: as people read it, and as it is compared.
struct ComparedContent {
  let observed: String?
  let desired: String?
  let observedMeaning: String?
  let desiredMeaning: String?
}

/// The immutable fields in which the component `observed` is not what `desired` asks for.
func differences(
  desired: ImageComponent, observed: ImageComponent, sensitive: Set<String>
) -> [Difference] {
  // The same text says the same: only others are worth reading.
  let isSame = desired.content.hasSameBytes(as: observed.content)
  let content = ComparedContent(
    observed: observed.content, desired: desired.content,
    observedMeaning: isSame ? desired.content : observed.content?.contentMeaning(at: desired.contentPlace),
    desiredMeaning: isSame ? desired.content : desired.content?.contentMeaning(at: desired.contentPlace))
  return differences(
    desired: desired, observed: observed, contents: ["content": content], sensitive: sensitive)
}

extension FieldTabled {
  /// The same without what the service may have chosen where `asked` leaves it open.
  func withoutChoices(where asked: Self) -> Self {
    var open = self
    for field in Self.fields where field.echo == .chosenByService && field.read(asked) == nil {
      field.write(&open, nil)
    }
    return open
  }
}

extension [DiskDeviceMapping] {
  /// The disks as shown, without what the service found out where `asked` leaves it open.
  fileprivate func withoutChoices(where asked: [DiskDeviceMapping]) -> [DiskDeviceMapping] {
    enumerated().map { index, shown in
      asked.indices.contains(index) ? shown.withoutChoices(where: asked[index]) : shown
    }
  }
}

extension String? {
  /// Whether both are the same text, byte for byte, or both are absent.
  func hasSameBytes(as other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let text?, let other?): text.hasSameBytes(as: other)
    case (nil, .some), (.some, nil): false
    }
  }
}
