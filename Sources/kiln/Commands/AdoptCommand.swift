// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ManifestSyntax
import Manifests
import Planning
import Reconciliation
import Resources

struct AdoptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Take over objects that exist already and that the manifests describe.",
    discussion: """
      Objects are found by name, components by name and version; --id names one that goes by another name, and \
      --query looks among all that no stack owns. \
      Only Kiln's tags are set, after showing them; the next plan says what would change.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Only this address.", valueName: "address"))
  var only: [String] = []

  @Option(
    name: .customLong("id"), help: ArgumentHelp("The object for an address.", valueName: "address=id"),
    transform: AddressedID.init)
  var ids: [AddressedID] = []

  @Option(
    help: ArgumentHelp(
      "Only objects of which all this holds: kind=pipeline,name=web-*,group=rg-*,tag:team=web.",
      valueName: "terms"), transform: ObjectQuery.init(argument:))
  var query: ObjectQuery?

  func validate() throws {
    let addresses = ids.map(\.address.unversioned)
    if let twice = addresses.first(where: { address in addresses.count { $0 == address } > 1 }) {
      throw ValidationError("--id names two objects for \(twice)")
    }
  }

  func run() async throws {
    let session = Session(project, output)
    session.console.begin()
    let desired = try await session.load()
    let project = desired.project
    try await session.withCloud(of: project.target, connection, lockTimeout: applying.lockTimeout.duration) {
      cloud in
      try await session.withLock(
        on: project.desired.stack, reason: "adopt", timeout: applying.lockTimeout.duration
      ) {
        let observed = try await observe(project.desired, through: cloud)
        try checkAddresses(describedBy: project.desired, beside: observed, session.console)
        let candidates = try await candidates(beside: observed, through: cloud, session)
        let results = adoptions(
          of: candidates, into: project.desired, observed: observed, chosen: chosen)
        if query != nil { tellUndescribed(candidates, results, session.console) }
        try await adopt(
          try await possible(results.filter(isWanted), tagging: project.desired.tagging, through: cloud),
          into: project.desired.stack,
          through: cloud, session)
      }
    }
  }

  /// Ends the command where an option names what no manifest describes.
  private func checkAddresses(
    describedBy desired: DesiredState, beside observed: ObservedState, _ console: Console
  ) throws {
    let described = desired.addresses(beside: observed)
    let named = ids.map { ("--id", $0.address.description) } + only.map { ("--only", $0) }
    let unknown = named.filter { !described.contains($0.1) && !desired.mayChoose($0.1) }
    for (option, address) in unknown {
      console.complain(
        "\(option) \(address) names nothing that the manifests describe",
        hint: address.addressHint(among: described))
    }
    if !unknown.isEmpty { throw Exit.error }
  }

  /// What might be taken over: by name, by id, or what the query finds.
  private func candidates(
    beside observed: ObservedState, through cloud: ImageBuilder, _ session: Session
  ) async throws -> [ObservedResource] {
    var candidates = observed.strangers
    if let query {
      let all = try await cloud.all(.component) + cloud.all(.pipeline)
      candidates = all.filter { $0.resource.tags[OwnershipTags.stackKey] == nil && query.matches($0) }
    }
    var isMissing = false
    for named in ids {
      let kind = named.address.kind
      if let object = try await cloud.described(kind, ids: [named.id])[named.id] {
        candidates.append(object)
      } else {
        session.console.complain("there is no \(kind) \(named.id)")
        isMissing = true
      }
    }
    if isMissing { throw Exit.error }
    return candidates
  }

  /// Tells of what the query found and nobody describes: without a manifest there is nothing to adopt it as.
  private func tellUndescribed(
    _ candidates: [ObservedResource], _ results: [Result<Adoption, AdoptionProblem>], _ console: Console
  ) {
    let adopted = Set(results.compactMap { try? $0.get().object.id })
    for object in candidates.sorted(by: ObservedResource.isOlder) where !adopted.contains(object.id) {
      let name = object.resource.wireName ?? "without a name"
      console.say(
        "Not described: \(object.id) (\(name)). kiln export \(object.id) --out exported writes its manifest.")
    }
  }

  /// The same, pipelines being problems where the service changes no tags of them.
  private func possible(
    _ results: [Result<Adoption, AdoptionProblem>], tagging: Tagging?, through cloud: ImageBuilder
  ) async throws -> [Result<Adoption, AdoptionProblem>] {
    let pipelines = results.compactMap { try? $0.get() }.filter { $0.address.kind == .pipeline }
    guard let first = pipelines.first else { return results }
    let reason: String
    switch tagging {
    case .inPlace: return results
    case .replace: reason = "tagging is replace"
    case nil:
      guard try await !cloud.mayChangeTags(of: .pipeline, first.object.id) else { return results }
      reason = "the service refuses to change tags of pipelines that exist"
    }
    return results.map { result in
      guard case .success(let adoption) = result, adoption.address.kind == .pipeline else { return result }
      return .failure(
        AdoptionProblem(
          adoption.address, "\(adoption.address) (\(adoption.object.id)) can't be taken over: \(reason)"))
    }
  }

  private var chosen: [String: String] {
    Dictionary(ids.map { ($0.address.unversioned, $0.id) }, uniquingKeysWith: { $1 })
  }

  private func isWanted(_ result: Result<Adoption, AdoptionProblem>) -> Bool {
    guard !only.isEmpty else { return true }
    let address =
      switch result {
      case .success(let adoption): adoption.address
      case .failure(let problem): problem.address
      }
    return only.contains(address.description) || only.contains(address.unversioned)
  }

  private func adopt(
    _ results: [Result<Adoption, AdoptionProblem>], into stack: StackIdentity, through cloud: ImageBuilder,
    _ session: Session
  ) async throws {
    let console = session.console
    var found: [Adoption] = []
    for result in results {
      switch result {
      case .success(let adoption): found.append(adoption)
      case .failure(let problem): console.complain(problem.description)
      }
    }
    guard !found.isEmpty else {
      console.say("Nothing to adopt.")
      if results.isEmpty { return }
      throw Exit.error
    }
    if console.isJSON {
      for adoption in found { console.write(event: Handover.adopt(adoption).event(.planned)) }
    } else {
      console.write("Kiln would take these over, by setting its tags and nothing else:\n")
    }
    for adoption in found where !console.isJSON {
      let state =
        adoption.matchesManifest ? "as described" : "differs from the manifest: the next plan says how"
      console.write("\n  \(adoption.address) (\(adoption.object.id)), \(state)\n")
      for tag in adoption.tags.sorted(by: { $0.key < $1.key }) {
        console.write("    + tags.\(tag.key) = \"\(tag.value)\"\n")
      }
    }
    try session.confirm(
      "Take over \(found.count == 1 ? "this object" : "these \(found.count) objects")?",
      about: "there is something to take over", to: "to have it taken over", isApproved: applying.autoApprove)
    try await session.carryOut(found.map(Handover.adopt), of: stack, through: cloud)
    if found.count < results.count { throw Exit.partly }
  }
}

extension DesiredState {
  /// Whether `text` is the address of a component whose version Kiln chooses, with one that it may choose.
  fileprivate func mayChoose(_ text: String) -> Bool {
    guard let address = Address(text), let version = address.version else { return false }
    return components.contains {
      $0.address.unversioned == address.unversioned && $0.versionRule.pinned == nil
        && $0.versionRule.admits(version)
    }
  }
}

/// An object's id and the address that it is to get, as `pipeline/web=ip-...`.
struct AddressedID: Sendable {
  let address: Address
  let id: String

  init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let address = Address(parts[0]) else {
      throw ValidationError("it is of the form address=id, such as pipeline/web=ip-...")
    }
    self.address = address
    id = parts[1]
  }
}

extension ObjectQuery {
  /// The query that an option writes.
  init(argument text: String) throws {
    guard let query = ObjectQuery(text) else {
      throw ValidationError(
        "it takes terms such as kind=pipeline, name=web-* and tag:team=web, with commas between")
    }
    self = query
  }
}
