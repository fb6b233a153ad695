// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Foundation
import JSONSyntax
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources
import TestSupport
import Testing

/// One folder below `Tests/Cases/plans`.
///
/// - `earlier`, or `earlier-1`, `earlier-2` …: manifests that are applied first, one after the other.
/// - `by-hand.json`: calls that somebody makes after that: `action` and parameters; `{ADDRESS}` stands for an id,
///   `{digest of ADDRESS}` for the digest that it bears.
/// - `rewritten.json`: what the service shows in another way than it was sent, by address: members of the Describe
///   item; null where the object is not shown at all. Such a case is planned but not applied.
/// - `options.json`: `only`, `except`, `replace`, `destroy`, `maxDeletes`, `refreshOnly`, `waitExecutions`.
/// - `manifests`: what is planned.
///
/// Recorded are `observed.json`, `plan.txt`, `events.jsonl`, `calls.txt` and `report.txt`; the last two where something
/// is applied.
struct PlanCase: CustomTestStringConvertible, Sendable {
  static let all: [PlanCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map(PlanCase.init)
  }()

  static let folder = "\(packageRoot())/Tests/Cases/plans"

  let name: String

  var testDescription: String { name }

  private func path(_ file: String) -> String { "\(Self.folder)/\(name)/\(file)" }

  private func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path(file)) }

  func run() async throws {
    let cloud = try VirtualCloud()
    var names = IDNames()
    for stage in try stages {
      let (_, report) = try await cloud.run(try await desired(stage).state, width: 1)
      #expect(report?.isComplete == true, "\(name): \(stage) could not be applied")
      names.learn(try await cloud.everything())
    }
    try await actByHand(on: cloud, &names)

    let (desired, sources) = try await desired("manifests")
    var observed = try await survey(desired, options: try options, through: cloud.operations()).observed
    names.learn(observed.owned + observed.strangers)
    let isRewritten = has("rewritten.json")
    if isRewritten { observed = try rewritten(observed) }
    let plan = Plan(from: observed, to: desired, options: try options)
    names.learn(plan)
    try expectGolden(names.replaced(in: json(of: observed)), at: path("observed.json"))
    try expectGolden(names.replaced(in: text(of: plan, sources)), at: path("plan.txt"))
    try expectGolden(
      names.replaced(in: plan.events.map { $0.text + "\n" }.joined()), at: path("events.jsonl"))
    var reports = ReportGoldens(of: name, stack: desired.stack, names: { names.replaced(in: $0) })
    try reports.expect(plan)
    guard plan.isApplicable, plan.hasChanges, !isRewritten else {
      for file in ["calls.txt", "report.txt"] { #expect(!has(file), "\(name) is not applied") }
      return
    }
    let line = Line()
    var report = await cloud.apply(plan, through: line, width: 1)
    if try options.destroys { report.purpose = .destroy }
    names.learn(try await cloud.everything())
    reports.names = { names.replaced(in: $0) }
    try reports.expect(report)
    expect(plan, announced: line.requests, report)
    let calls = line.requests.map(\.canonical).joined(separator: "\n")
    try expectGolden(names.replaced(in: calls), at: path("calls.txt"))
    try expectGolden(names.replaced(in: report.canonical), at: path("report.txt"))
    if report.failures.isEmpty, report.skipped.isEmpty, report.deferred.isEmpty, plan.isPartial == false,
      try options.destroys == false
    {
      #expect(try await !cloud.plan(desired).hasChanges, "\(name): a second plan is not empty")
    }
  }

  /// What `plan --requests` shows is what was sent, but for ids that nobody knew.
  private func expect(_ plan: Plan, announced sent: [Line.Request], _ report: ApplyReport) {
    guard report.isComplete, report.deferred.isEmpty else { return }
    var ids: [String: String] = [:]
    for entry in report.entries {
      if case .done(let id) = entry.outcome { ids["<\(entry.step.address)>"] = id }
    }
    let announced = plan.requests(regionID: "cn-hangzhou").map { request in
      (
        request.call.operation,
        request.call.parameters.map { name, value in
          "\(name)=\(ids.reduce(value) { $0.replacing($1.key, with: $1.value) })"
        }
      )
    }
    // A token that proves used up is followed by the next: nobody can know that beforehand.
    var created = Set<String>()
    let firsts = sent.filter { request in
      guard request.operation.hasPrefix("Create") else { return request.isWrite }
      let names = request.parameters.filter { ["Name", "ComponentVersion"].contains($0.name) }.map(\.value)
      return created.insert("\(request.operation) \(names)").inserted
    }
    let writes = firsts.map { ($0.operation, $0.parameters.map { "\($0.name)=\($0.value)" }) }
    #expect(announced.map(\.0) == writes.map(\.0), "\(name): other calls than announced")
    #expect(announced.map(\.1) == writes.map(\.1), "\(name): other parameters than announced")
  }

  private var stages: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: path("")).filter { $0.hasPrefix("earlier") }
        .sorted()
    }
  }

  private var options: PlanOptions {
    get throws {
      var options = PlanOptions()
      guard has("options.json") else { return options }
      let json = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: path("options.json")))))
      options.only = json["only"]?.array.map { Set($0.compactMap(\.string)) }
      options.replace = Set(json["replace"]?.array?.compactMap(\.string) ?? [])
      options.except = Set(json["except"]?.array?.compactMap(\.string) ?? [])
      options.refreshesOnly = json["refreshOnly"]?.bool ?? false
      options.destroys = json["destroy"]?.bool ?? false
      options.waitsForExecutions = json["waitExecutions"]?.bool ?? false
      options.maxDeletes = json["maxDeletes"]?.integer.map { Int($0) }
      return options
    }
  }

  private func desired(_ stage: String) async throws -> (state: DesiredState, sources: ProjectFolder) {
    let files = FileManager.default.enumerator(atPath: path(stage))?.compactMap { $0 as? String } ?? []
    var texts: [String: String] = [:]
    for file in files {
      guard let data = try? Data(contentsOf: URL(filePath: path("\(stage)/\(file)"))) else { continue }
      texts[file] = String(decoding: data, as: UTF8.self)
    }
    let folder = ProjectFolder(path: stage, files: texts)
    var problems = Problems()
    let project = await Project.load(folder, target: nil, into: &problems)
    try #require(problems.sorted.map(\.message) == [], "\(name)/\(stage)")
    return (try #require(project).desired, folder)
  }

  private func actByHand(on cloud: VirtualCloud, _ names: inout IDNames) async throws {
    guard has("by-hand.json") else { return }
    let calls = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: path("by-hand.json")))))
    for call in calls.array ?? [] {
      let action = call["action"]?.string ?? ""
      let objects = try await cloud.everything()
      var parameters: [Parameter] = []
      for (key, value) in (call.object ?? [:]).sorted(by: { $0.key < $1.key }) where key != "action" {
        parameters.append((key, filled(value.string ?? value.text, objects)))
      }
      try await cloud.call(action, parameters)
      names.learn(try await cloud.everything())
    }
  }

  /// `text` with the ids of `objects` in place of their addresses in braces, and likewise their digests.
  private func filled(_ text: String, _ objects: [ObservedResource]) -> String {
    objects.reduce(text) { text, object in
      let address = object.address?.description ?? "?"
      return text.replacing("{\(address)}", with: object.id)
        .replacing("{digest of \(address)}", with: object.ownership?.digest.text ?? "")
    }
  }

  private func rewritten(_ observed: ObservedState) throws -> ObservedState {
    let text = String(decoding: try Data(contentsOf: URL(filePath: path("rewritten.json"))), as: UTF8.self)
    let rules = try JSONValue(parsing: Array(filled(text, observed.owned).utf8))
    return ObservedState(
      owned: observed.owned.compactMap { object in
        guard let rule = rules[object.address?.description ?? ""] else { return object }
        guard let changes = rule.object else { return nil }
        var item: [String: JSONValue]
        switch object.resource {
        case .component(let component): item = component.replyItem
        case .pipeline(let pipeline): item = pipeline.replyItem
        }
        item.merge(changes) { _, new in new }
        let resource: Resource =
          switch object.resource {
          case .component: .component(ImageComponent(replyItem: .object(item)))
          case .pipeline: .pipeline(ImagePipeline(replyItem: .object(item)))
          }
        return ObservedResource(id: object.id, resource: resource, creationTime: object.creationTime)
      }, strangers: observed.strangers, circumstances: observed.circumstances)
  }

  private func json(of observed: ObservedState) -> String {
    func items(_ objects: [ObservedResource]) -> String {
      let lines = objects.map { object -> String in
        var item: [String: JSONValue]
        switch object.resource {
        case .component(let component): item = component.replyItem
        case .pipeline(let pipeline): item = pipeline.replyItem
        }
        item["Id"] = .string(object.id)
        item["CreationTime"] = .string(object.creationTime)
        return "    " + JSONValue.object(item).text
      }
      return lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]"
    }
    return "{\n  \"owned\": \(items(observed.owned)),\n  \"strangers\": \(items(observed.strangers))\n}\n"
  }

  /// The plan and what is said beside it, as a person sees both.
  private func text(of plan: Plan, _ sources: ProjectFolder) -> String {
    let diagnostics = plan.warnings + plan.refusals.map(\.diagnostic)
    let told = diagnostics.map { diagnostic in
      diagnostic.rendered(
        source: { shown in
          let relative = String(shown.dropFirst(sources.path.count + 1))
          return (try? sources.read(relative)).map { SourceFile(path: shown, bytes: $0) }
        }, colour: false)
    }
    return plan.text(ink: Ink(isColoured: false)) + told.map { $0 + "\n" }.joined()
  }
}

/// Names for ids and digests, in the order in which they came to be, so that a recorded case reads well and does not
/// change with the digest's form.
private struct IDNames {
  private var names: [(text: String, name: String)] = []
  private var digests = 0

  mutating func learn(_ objects: [ObservedResource]) {
    for object in objects.sorted(by: ObservedResource.isOlder) {
      let prefix = object.resource.kind == .component ? "ic-" : "ip-"
      let count = names.count { $0.name.hasPrefix(prefix) }
      add(object.id, named: prefix + String(repeating: String(count + 1), count: 4))
      if let digest = object.ownership?.digest { learn(digest) }
    }
  }

  /// Learns the digests that `plan` is about to write.
  mutating func learn(_ plan: Plan) {
    for change in plan.changes {
      if let digest = change.after?.digest { learn(digest) }
    }
  }

  private mutating func learn(_ digest: SpecDigest) {
    // What a test has made up stays as it is.
    guard digest.text.count == 42, Set(digest.text.dropFirst(2)).count > 1 else { return }
    guard !names.contains(where: { $0.text == digest.text }) else { return }
    digests += 1
    let name = "1:" + String(repeating: String(digests, radix: 36), count: 40).prefix(40)
    add(digest.text, named: name)
    // Plans show no more than that of a digest.
    add("\(digest.text.prefix(10))...", named: "\(name.prefix(10))...")
  }

  private mutating func add(_ text: String, named name: String) {
    if !names.contains(where: { $0.text == text }) { names.append((text, name)) }
  }

  func replaced(in text: String) -> String {
    // At most one execution is under way in a case, and nothing else tells of it.
    names.reduce(text) { $0.replacing($1.text, with: $1.name) }
      .replacing(/exec-[a-z0-9]+/, with: "exec-1111")
  }
}

extension Line.Request {
  /// The request as a reader compares it: a parameter a line, the token by its form only.
  fileprivate var canonical: String {
    var lines = [operation]
    for (name, value) in parameters {
      let shown = name == "ClientToken" ? String(value.prefix(5)) + "..." : value
      let rows = shown.split(separator: "\n", omittingEmptySubsequences: false)
      lines.append("  \(name)=\(rows[0])")
      lines += rows.dropFirst().map { "    | \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ApplyReport {
  fileprivate var canonical: String {
    let lines = entries.map { entry in
      let verb =
        switch entry.step.work {
        case .create: "create"
        case .update: "update"
        case .delete: "delete"
        }
      let outcome =
        switch entry.outcome {
        case .done(let id): "done (\(id))"
        case .deferred(let id, let reason): "deferred (\(id)): \(reason)"
        case .skipped(let reason): "skipped: \(reason)"
        case .failed(let reason), .outrun(let reason): "failed: \(reason)"
        }
      return "\(entry.step.rank) \(verb) \(entry.step.address): \(outcome)"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
