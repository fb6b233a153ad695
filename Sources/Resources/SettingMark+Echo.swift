// SPDX-License-Identifier: Apache-2.0

/// What the service shows otherwise than it was sent, from an object's beginning on.
///
/// Nothing can change a pipeline or a component that exists, so a value that was shown from the beginning is the
/// service's own rendering, and a new object would show it again. Who made the object notes that in `kiln:keys`: there
/// every machine finds it.
extension SettingMark {
  /// So many marks fit the value of a tag, which has at most 128 characters.
  private static let limit = 16

  /// The mark of a field that is shown with this value, nil where it is not shown, though another was asked for.
  public init(echoOf field: String, shown: FieldValue?) {
    var canonical = CanonicalBytes()
    if let shown { canonical.append(shown) }
    self.init(name: ["echo", field], value: [SpecDigest(over: canonical).text])
  }

  /// One mark in the place of `echoes`, where there is no room for them all.
  private init(echoes: Set<SettingMark>) {
    self.init(name: ["echo", "*"], value: echoes.map(\.text).sorted())
  }

  /// Whether the mark tells of what the service shows.
  var isEcho: Bool { SettingMark.echoNames.contains(name) }

  private static let echoNames = Set(
    (ImagePipeline.fields.map(\.name) + ImageComponent.fields.map(\.name) + ["*"]).map {
      SettingMark(name: ["echo", $0], value: []).name
    })

  /// As many of `marks` as fit the tag's value, the user's tags all among them.
  static func fitting(_ marks: Set<SettingMark>) -> Set<SettingMark> {
    guard marks.count > limit else { return marks }
    let own = marks.filter(\.isOwn)
    let fitting = fittingOthers(marks.subtracting(own))
    // The rest are of a help only, so they take no room from others.
    return fitting.union(own.sorted { $0.ownRank < $1.ownRank }.prefix(limit - fitting.count))
  }

  /// The same for `marks` that are of none of Kiln's own tags.
  private static func fittingOthers(_ marks: Set<SettingMark>) -> Set<SettingMark> {
    guard marks.count > limit else { return marks }
    let echoes = marks.filter(\.isEcho)
    var fitting = marks.subtracting(echoes)
    fitting.formUnion(echoes.count > 1 ? [SettingMark(echoes: echoes)] : echoes)
    // Beside all tags that a user may set, an echo and a predecessor, the resource group's mark can best be spared.
    if fitting.count > limit { fitting = fitting.filter { !$0.tellsGroup } }
    let predecessors = fitting.filter(\.tellsPredecessor).sorted { $0.text < $1.text }
    return fitting.subtracting(predecessors.prefix(max(0, fitting.count - limit)))
  }

  /// Those of `echoes`, all that an object shows, that `marks` tell of.
  static func known(among echoes: Set<SettingMark>, to marks: Set<SettingMark>) -> Set<SettingMark> {
    marks.contains(SettingMark(echoes: echoes)) ? echoes : echoes.intersection(marks)
  }
}

extension OwnershipTags {
  /// The marks of what the service shows otherwise than it was sent.
  public var echoes: Set<SettingMark> {
    get { marks.filter(\.isEcho) }
    set { marks = marks.filter { !$0.isEcho }.union(newValue) }
  }

  /// Those of `echoes`, all that the object shows, that were noted when it was made.
  public func known(among echoes: Set<SettingMark>) -> Set<SettingMark> {
    SettingMark.known(among: echoes, to: marks)
  }
}
