// SPDX-License-Identifier: Apache-2.0

public import JSONSyntax
import Resources

/// Why a file is not a plan that this Kiln can carry out.
public struct SavedPlanFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, for people.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension SavedPlan {
  /// Reads a plan out of the JSON that ``json`` wrote.
  ///
  /// - Throws: ``SavedPlanFailure`` when the file is of another major version, lacks something, or would do another
  ///   thing than the part says that reviewers and policies read.
  public init(json: JSONValue) throws(SavedPlanFailure) {
    guard let format = json["format_version"]?.string else {
      throw SavedPlanFailure("it is not a plan of Kiln's: it has no format_version")
    }
    guard format.split(separator: ".").first == SavedPlan.formatVersion.split(separator: ".").first else {
      throw SavedPlanFailure("its format \(format) is not known; this Kiln knows \(SavedPlan.formatVersion)")
    }
    let reader = PlanReader(json["kiln"] ?? .null)
    let stack = try reader.member("stack")
    let binding = try reader.member("binding")
    let lookedUp = try reader.member("looked_up")
    var fingerprints: [String: Fingerprint] = [:]
    for (id, text) in try reader.member("observed").value.object ?? [:] {
      fingerprints[id] = Fingerprint(recorded: text.string ?? "")
    }
    var changes: [ResourceChange] = []
    for change in try reader.list("changes") { changes.append(try change.change()) }
    var deferred: [Deferral] = []
    for deferral in try reader.list("deferred") {
      deferred.append(
        Deferral(
          address: try deferral.address("address"), id: try deferral.text("id"),
          reason: try deferral.text("reason")))
    }
    let plan = Plan(
      stack: StackIdentity(
        id: try stack.text("id"), name: try stack.text("name"), target: try stack.text("target")),
      changes: changes, deferred: deferred, refusals: [], warnings: [],
      scope: reader.value["destroy"]?.bool == true
        ? .destruction : reader.value["partial"]?.bool == true ? .part : .whole)
    self.init(
      plan.retold(regionID: try binding.text("region")),
      binding: Binding(
        account: binding.value["account"]?.string, profile: binding.value["profile"]?.string,
        network: try binding.network(), regionID: try binding.text("region"),
        endpoint: try binding.text("endpoint"), folder: try binding.text("folder"),
        createdAt: json["timestamp"]?.string ?? "",
        expiresAt: binding.value["expires_at"]?.string, kilnVersion: json["kiln_version"]?.string ?? ""),
      lookedUp: NamesToLookUp(
        components: try lookedUp.texts("components"), pipelines: try lookedUp.texts("pipelines")),
      fingerprints: fingerprints)
    try check(against: json)
  }
}

/// Reads members that must be there.
private struct PlanReader {
  let value: JSONValue

  init(_ value: JSONValue) {
    self.value = value
  }

  func member(_ name: String) throws(SavedPlanFailure) -> PlanReader {
    guard let member = value[name] else { throw SavedPlanFailure("it lacks \(name)") }
    return PlanReader(member)
  }

  func text(_ name: String) throws(SavedPlanFailure) -> String {
    guard let text = value[name]?.string else { throw SavedPlanFailure("it lacks the text \(name)") }
    return text
  }

  func list(_ name: String) throws(SavedPlanFailure) -> [PlanReader] {
    guard let list = value[name]?.array else { throw SavedPlanFailure("it lacks the list \(name)") }
    return list.map(PlanReader.init)
  }

  func texts(_ name: String) throws(SavedPlanFailure) -> Set<String> {
    Set(try list(name).compactMap(\.value.string))
  }

  func address(_ name: String) throws(SavedPlanFailure) -> Address {
    let text = try text(name)
    guard let address = Address(text) else { throw SavedPlanFailure("\(text) is not an address") }
    return address
  }

  func network() throws(SavedPlanFailure) -> TargetNetwork {
    guard value["network"] != nil else { return .public }
    guard let network = TargetNetwork(rawValue: try text("network")) else {
      throw SavedPlanFailure("it names an unknown network")
    }
    return network
  }

  func change() throws(SavedPlanFailure) -> ResourceChange {
    guard let action = Action(rawValue: try text("action")) else {
      throw SavedPlanFailure("it has an unknown action")
    }
    var update = InPlaceUpdate()
    if let changes = value["update"] {
      update.setTags = (changes["set_tags"]?.object ?? [:]).compactMapValues(\.string)
      update.removeTags = changes["remove_tags"]?.array?.compactMap(\.string) ?? []
      update.resourceGroupID = changes["resource_group"]?.string
    }
    var fields: [FieldChange] = []
    for field in try list("fields") { fields.append(try field.fieldChange()) }
    let address = try address("address")
    var before = try object("before")
    // The plan knew an object whose address tag was lost by what it is called.
    if let object = before, object.address == nil, object.resource.tags[OwnershipTags.stackKey] != nil {
      before = object.addressed(as: address)
    }
    return ResourceChange(
      address, action, before: before, after: try planned("after"),
      fields: fields, reasons: try list("reasons").compactMap(\.value.string), update: update,
      isDrift: value["drift"]?.bool ?? false, isTriedAgain: value["tried_again"]?.bool ?? false)
  }

  private func fieldChange() throws(SavedPlanFailure) -> FieldChange {
    FieldChange(
      try text("name"), from: value["before"]?.fieldValue, to: value["after"]?.fieldValue,
      forcesReplacement: value["forces_replacement"]?.bool ?? false,
      isSensitive: value["sensitive"]?.bool ?? false, isDrift: value["drift"]?.bool ?? false)
  }

  private func object(_ name: String) throws(SavedPlanFailure) -> ObservedResource? {
    guard value[name] != nil else { return nil }
    let reader = try member(name)
    return ObservedResource(
      id: try reader.text("id"), resource: try reader.resource(kind: try reader.text("kind")),
      creationTime: try reader.text("created"))
  }

  private func resource(kind: String) throws(SavedPlanFailure) -> Resource {
    let item = try member("item").value
    switch ResourceKind(rawValue: kind) {
    case .component: return .component(ImageComponent(replyItem: item))
    case .pipeline: return .pipeline(ImagePipeline(replyItem: item))
    case nil: throw SavedPlanFailure("it has an unknown kind \(kind)")
    }
  }

  private func planned(_ name: String) throws(SavedPlanFailure) -> PlannedResource? {
    guard value[name] != nil else { return nil }
    let reader = try member(name)
    let address = try reader.address("address")
    var uses: [ComponentReference: Address] = [:]
    var followed: [ComponentReference: ComponentARN] = [:]
    if reader.value["uses"] != nil {
      for use in try reader.list("uses") {
        let reference = try use.reference("name")
        uses[reference] = try use.address("address")
        followed[reference] = use.value["arn"]?.string.flatMap { ComponentARN($0) }
      }
    }
    return PlannedResource(
      address: address, resource: try reader.resource(kind: address.kind.rawValue),
      build: try reader.composition("build"), test: try reader.composition("test"), uses: uses,
      followed: followed,
      digest: SpecDigest(recorded: try reader.text("digest")),
      sensitive: reader.value["sensitive"] == nil ? [] : try reader.texts("sensitive"))
  }

  private func reference(_ name: String) throws(SavedPlanFailure) -> ComponentReference {
    ComponentReference(
      try text(name), version: value["version"]?.string.flatMap { VersionPattern($0) },
      follows: value["follow"]?.bool ?? (value["arn"] != nil))
  }

  private func composition(_ name: String) throws(SavedPlanFailure) -> Composition? {
    guard value[name] != nil else { return nil }
    var pieces: [Composition.Piece] = []
    for piece in try list(name) {
      if let command = piece.value["command"]?.string {
        pieces.append(.command(command))
      } else {
        pieces.append(.component(try piece.reference("component"), arguments: try piece.text("arguments")))
      }
    }
    return Composition(pieces)
  }
}

extension JSONValue {
  /// The value of a field as far as showing it needs: disks come back as texts.
  fileprivate var fieldValue: FieldValue? {
    switch self {
    case .null, .decimal: nil
    case .bool(let truth): .boolean(truth)
    case .integer(let number): .integer(number)
    case .string(let text): .text(text)
    case .object(let members): .pairs(members.compactMapValues(\.string))
    case .array(let elements):
      .texts(elements.map { $0.string ?? $0.text })
    }
  }
}
