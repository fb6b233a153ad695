// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Manifests
import Planning
import Reconciliation
import Resources

struct AdoptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Take over objects that exist already and that the manifests describe.",
    discussion: """
      Objects are found by name, components by name and version; --id names one that goes by another name. \
      Only Kiln's tags are set, after showing them; the next plan says what would change.
      """)

  @OptionGroup var project: ProjectOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var applying: ApplyingOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Only this address.", valueName: "address"))
  var only: [String] = []

  @Option(name: .customLong("id"), help: ArgumentHelp("The object for an address.", valueName: "address=id"))
  var ids: [String] = []

  func validate() throws {
    for pair in ids {
      let parts = pair.split(separator: "=").map(String.init)
      guard parts.count == 2, Address(parts[0]) != nil else {
        throw ValidationError("--id \(pair) is not of the form address=id, such as pipeline/web=ip-...")
      }
    }
  }

  func run() async throws {
    let session = Session(project, output)
    let desired = try await session.load()
    let project = desired.project
    try await session.withCloud(of: project.target, connection) { cloud in
      try await session.withLock(
        on: project.desired.stack, reason: "adopt", timeout: applying.lockTimeout.duration
      ) {
        let observed = try await observe(project.desired, through: cloud)
        var candidates = observed.strangers
        for (address, id) in chosen {
          let kind: ResourceKind = address.hasPrefix("component/") ? .component : .pipeline
          let found = try await cloud.described(kind, ids: [id])
          guard let object = found[id] else {
            session.console.complain("there is no \(kind) \(id)")
            throw Exit.error
          }
          candidates.append(object)
        }
        try await adopt(
          adoptions(of: candidates, into: project.desired, observed: observed, chosen: chosen)
            .filter(isWanted), through: cloud, session)
      }
    }
  }

  private var chosen: [String: String] {
    Dictionary(
      ids.map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        return (Address(parts[0])?.unversioned ?? parts[0], parts[1])
      }, uniquingKeysWith: { $1 })
  }

  private func isWanted(_ result: Result<Adoption, AdoptionProblem>) -> Bool {
    guard !only.isEmpty, case .success(let adoption) = result else { return true }
    return only.contains(adoption.address.description) || only.contains(adoption.address.unversioned)
  }

  private func adopt(
    _ results: [Result<Adoption, AdoptionProblem>], through cloud: ImageBuilder, _ session: Session
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
    console.write("Kiln would take these over, by setting its tags and nothing else:\n")
    for adoption in found {
      let state =
        adoption.matchesManifest ? "as described" : "differs from the manifest: the next plan says how"
      console.write("\n  \(adoption.address) (\(adoption.object.id)), \(state)\n")
      for tag in adoption.tags.sorted(by: { $0.key < $1.key }) {
        console.write("    + tags.\(tag.key) = \"\(tag.value)\"\n")
      }
    }
    try session.confirm("Take over \(found.count) objects?", isApproved: applying.autoApprove)
    for adoption in found {
      try await cloud.tag(adoption.address.kind, id: adoption.object.id, adoption.tags)
      console.say("Adopted \(adoption.address) (\(adoption.object.id)).")
    }
    if found.count < results.count { throw Exit.partly }
  }
}
