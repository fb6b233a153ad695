// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CloudAPI
import EmulatedCloud
import UnixSignals

struct EmulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emulator", abstract: "Serve an emulated Image Builder on loopback, for any client.")

  @Option(help: ArgumentHelp("Port; 0 lets the system choose.", valueName: "n"))
  var port = 0

  @Option(help: ArgumentHelp("Data file, or :memory:.", valueName: "file"))
  var data = ":memory:"

  @Option(
    name: .customLong("access-key"),
    help: ArgumentHelp(
      "A key that may call. Default: emulated:emulated.", valueName: "id:secret[:account[:token]]"))
  var accessKeys: [String] = []

  @Option(help: ArgumentHelp("File to write the port to once it is ready.", valueName: "file"))
  var portFile: String?

  @Option(
    help: ArgumentHelp(
      "How time passes for executions: real, fast (a build takes moments), or manual (by the control endpoint).",
      valueName: "mode"))
  var clock = EmulatorConfiguration.ClockMode.real

  @Flag(
    help: "Serve /_kiln/…, by which tests cause faults, turn the clock and set limits; it asks for no key.")
  var control = false

  @Option(
    help: ArgumentHelp("How long to wait for another process that has the data file.", valueName: "duration"))
  var lockWait = DurationText(.seconds(10))

  @Flag(help: "Accept only base images of the catalogue or of the account's own making.")
  var strictImages = false

  @Flag(help: "Refuse to change tags and groups of pipelines, as the service may.")
  var noPipelineTags = false

  @Flag(help: "Hold the rules of 2023: FROM in BuildContent counts, and pipelines build from Linux only.")
  var legacyFrom = false

  @OptionGroup var colour: ColourOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
    for key in accessKeys where AccessKey(argument: key) == nil {
      throw ValidationError("--access-key must be ID:SECRET, ID:SECRET:ACCOUNT or ID:SECRET:ACCOUNT:TOKEN")
    }
  }

  func run() async throws {
    let now = World.current.time.now
    let console = Console(noColour: colour.noColor)
    var configuration = EmulatorConfiguration(
      data: data == ":memory:" ? .memory : .file(data), now: { now().milliseconds })
    configuration.port = port
    configuration.strictImages = strictImages
    configuration.pipelineTags = !noPipelineTags
    configuration.legacyFrom = legacyFrom
    configuration.clock = clock
    configuration.controlEndpoint = control
    configuration.lockWait = lockWait.duration
    if !accessKeys.isEmpty { configuration.accessKeys = accessKeys.compactMap(AccessKey.init(argument:)) }
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let portFile = portFile
    let (failures, unwritten) = AsyncStream.makeStream(of: String.self)
    do {
      let server = try EmulatedCloudServer(configuration)
      let host = configuration.host
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await server.run { port in
            do {
              if let portFile { try Disk.write(Array("\(port)\n".utf8), to: portFile) }
            } catch {
              unwritten.yield(portFile ?? "")
              return
            }
            console.write("http://\(host):\(port)\n")
          }
        }
        group.addTask { for await _ in signals { return } }
        // Whoever waits for the file would wait in vain.
        group.addTask { for await path in failures { throw PortFileFailure(path: path) } }
        try await group.next()
        group.cancelAll()
      }
    } catch let failure as StoreFailure {
      console.complain("\(failure)")
      if case .inUse = failure { throw Exit.locked }
      throw Exit.error
    } catch let failure as PortFileFailure {
      console.complain(
        "\(failure.path) can't be written", hint: "does its folder exist, and may you write there?")
      throw Exit.error
    } catch {
      console.complain(
        "the service can't be started at port \(port): \(error)",
        hint: "is the port in use? with --port 0 the system chooses one that is free")
      throw Exit.error
    }
  }
}

/// The file that was to tell the port can't be written.
private struct PortFileFailure: Error {
  let path: String
}

extension EmulatorConfiguration.ClockMode: ExpressibleByArgument {}

extension AccessKey {
  /// The key that `ID:SECRET[:ACCOUNT[:TOKEN]]` writes; a token may itself have colons.
  init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false).map(
      String.init)
    guard parts.count >= 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(
      id: parts[0], secret: parts[1],
      account: parts.count > 2 && !parts[2].isEmpty ? parts[2] : AccessKey.defaultAccount,
      token: parts.count > 3 && !parts[3].isEmpty ? parts[3] : nil)
  }
}
