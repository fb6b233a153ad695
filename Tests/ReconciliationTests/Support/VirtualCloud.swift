// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import EmulatedCloud
import JSONSyntax
import Logging
import Planning
import Reconciliation
import Resources
import Synchronization

/// The emulated service, called as a function and in a time that is turned by hand.
final class VirtualCloud: Sendable {
  let time: VirtualTime
  let regionID: String
  private let service: EmulatedCloud.Service
  private let nonces = Mutex(0)

  /// A service that holds nothing; its ids follow one upon the other, so that every run of a test sees the same.
  init(_ change: (inout EmulatorConfiguration) -> Void = { _ in }) throws {
    let time = VirtualTime()
    self.time = time
    regionID = "cn-hangzhou"
    let entropy = SequentialEntropy()
    var configuration = EmulatorConfiguration(now: { time.milliseconds }, entropy: entropy.next)
    change(&configuration)
    service = try EmulatedCloud.Service(configuration)
  }

  /// The same service and time, seen from another region.
  init(_ other: VirtualCloud, regionID: String) {
    time = other.time
    service = other.service
    self.regionID = regionID
  }

  /// Answers one request; lists lag behind creations by `lag`.
  fileprivate func answer(_ request: HTTPRequest, lag: Duration) async -> HTTPAnswer {
    var conditions = CallConditions()
    conditions.lag = lag.inMilliseconds
    // Creation times count seconds: without this all objects would be of the same age.
    if request.operation.hasPrefix("Create") { time.pass(.seconds(1)) }
    let received = ServiceRequest(
      method: request.method, path: request.path, query: request.query,
      headers: Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first },
      body: request.body)
    let answer = await service.answerInBackground(
      received, at: Moment(wall: time.milliseconds), conditions: conditions)
    return HTTPAnswer(
      status: answer.status, headers: answer.headers.map { ($0.key, $0.value) }, body: answer.body)
  }

  /// The operations, every request going through `line`.
  func operations(through line: Line = Line()) -> ImageBuilder {
    let client = CloudClient(
      endpoint: .virtual, regionID: regionID, account: "virtual",
      credentials: FixedCredentials(
        Credentials(accessKeyID: "emulated", accessKeySecret: RedactedSecret("emulated")), name: "virtual"),
      transport: LineTransport(cloud: self, line: line), limiters: Limiters(), time: time.timekeeper,
      randomness: Randomness(
        nonce: {
          self.nonces.withLock { count in
            count += 1
            return "nonce-\(self.regionID)-\(count)-0000000000"
          }
        }, fraction: { 0.5 }),
      policy: RetryPolicy(), logger: Logger(label: "virtual") { _ in SwiftLogNoOpLogHandler() },
      userAgent: "tests")
    return ImageBuilder(client: client, account: { AccessKey.defaultAccount })
  }

  /// Sends one call by hand, as somebody else would.
  @discardableResult
  func call(_ operation: String, _ parameters: [Parameter]) async throws -> Reply {
    try await operations().client.send(Call(operation, parameters, kind: .repeatableWrite))
  }

  /// Everything that the service holds, components first, the oldest first.
  func everything() async throws -> [ObservedResource] {
    let cloud = operations()
    let components = try await cloud.all(.component).sorted(by: ObservedResource.isOlder)
    return try await components + cloud.all(.pipeline).sorted(by: ObservedResource.isOlder)
  }

  /// Plans and applies like the program does.
  @discardableResult
  func run(
    _ desired: DesiredState, options: PlanOptions = PlanOptions(), through line: Line = Line(),
    width: Int = 4, watch: @escaping @Sendable (ApplyEvent) -> Void = { _ in }
  ) async throws -> (plan: Plan, report: ApplyReport?) {
    let cloud = operations(through: line)
    let plan = try await survey(desired, options: options, through: cloud).plan
    guard plan.isApplicable, plan.hasChanges else { return (plan, nil) }
    return (plan, await apply(plan, through: line, width: width, watch: watch))
  }

  /// Carries a plan out.
  func apply(
    _ plan: Plan, through line: Line = Line(), width: Int = 4, vacated: Set<Address> = [],
    deleted: Set<String> = [], refusedTokens: Set<String> = [], executionPatience: Duration = .zero,
    watch: @escaping @Sendable (ApplyEvent) -> Void = { _ in },
    isStopping: @escaping @Sendable () -> Bool = { false }
  ) async -> ApplyReport {
    var options = Applier.Options()
    options.width = width
    options.vacated = vacated
    options.deleted = deleted
    options.refusedTokens = refusedTokens
    options.executionPatience = executionPatience
    let applier = Applier(
      cloud: operations(through: line), journal: .none, time: time.timekeeper, options: options,
      isStopping: isStopping, watch: watch)
    return await applier.apply(plan)
  }

  /// The plan as it stands.
  func plan(_ desired: DesiredState, options: PlanOptions = PlanOptions()) async throws -> Plan {
    try await survey(desired, options: options, through: operations()).plan
  }
}

/// What becomes of the requests of one client, and a record of them.
final class Line: Sendable {
  /// What becomes of one request.
  enum Fate: Sendable {
    /// It is answered.
    case passes
    /// It never arrives, and whoever sent it is gone too.
    case isLost
    /// What it asks is done, but whoever sent it is gone before the answer arrives.
    case losesAnswer
    /// The connection breaks before the request arrives, or before the answer does.
    case breaks(losingAnswer: Bool)
    /// This is the answer, and nothing was done.
    case isAnswered(HTTPAnswer)
  }

  /// One request of the record.
  struct Request: Sendable {
    let operation: String
    let parameters: [Parameter]
    /// How often the operation was called before.
    let earlier: Int
    func isFirst(of operation: String) -> Bool { self.operation == operation && earlier == 0 }
    var isWrite: Bool { !operation.hasPrefix("Describe") && !operation.hasPrefix("List") }
  }

  /// How far lists lag behind creations.
  let lag: Duration
  /// For how long after a write what was asked before is answered as it was then.
  let staleness: Duration
  /// What Describe shows in the place of members of pipelines.
  let shown: [String: JSONValue]
  private let memory = Mutex<(answers: [String: HTTPAnswer], lastWrite: Duration?)>(([:], nil))
  private let decide: @Sendable (_ count: Int, _ request: Request) async -> Fate
  private let record = Mutex<[Request]>([])

  /// A line on which `decide` gives each request its fate; `count` begins with 1.
  init(
    lag: Duration = .zero, staleness: Duration = .zero, showing shown: [String: JSONValue] = [:],
    _ decide: @escaping @Sendable (_ count: Int, _ request: Request) async -> Fate = { _, _ in .passes }
  ) {
    self.lag = lag
    self.staleness = staleness
    self.shown = shown
    self.decide = decide
  }

  /// A line that is cut at request `count`, for good, as when the process dies there.
  static func dying(at count: Int, losingAnswer: Bool) -> Line {
    Line { current, _ in
      if current < count { .passes } else if current == count, losingAnswer { .losesAnswer } else { .isLost }
    }
  }

  var requests: [Request] { record.withLock { $0 } }

  fileprivate func fate(of operation: String, _ parameters: [Parameter]) async -> Fate {
    let (count, request) = record.withLock { record in
      let request = Request(
        operation: operation, parameters: parameters,
        earlier: record.count { $0.operation == operation })
      record.append(request)
      return (record.count, request)
    }
    return await decide(count, request)
  }
}

extension Line {
  /// What was answered to the same question before the last write, while lists still show that.
  fileprivate func staleAnswer(to request: HTTPRequest, at now: Duration) -> HTTPAnswer? {
    guard staleness > .zero else { return nil }
    return memory.withLock { memory in
      guard request.operation.hasPrefix("Describe") else {
        memory.lastWrite = now
        return nil
      }
      guard let written = memory.lastWrite, now - written < staleness else { return nil }
      return memory.answers[request.question]
    }
  }

  /// The answer with what the line shows in the place of members of pipelines.
  fileprivate func reworded(_ answer: HTTPAnswer) -> HTTPAnswer {
    guard !shown.isEmpty, case .object(var body)? = try? JSONValue(parsing: answer.body),
      let items = body["ImagePipeline"]?["ImagePipelineSet"]?.array
    else { return answer }
    let reworded = items.map { item -> JSONValue in
      guard case .object(let members) = item else { return item }
      return .object(members.merging(shown) { _, new in new })
    }
    body["ImagePipeline"] = ["ImagePipelineSet": .array(reworded)]
    return HTTPAnswer(
      status: answer.status, headers: answer.headers, body: JSONValue.object(body).encoded())
  }

  fileprivate func remember(_ answer: HTTPAnswer, to request: HTTPRequest) {
    guard staleness > .zero, request.operation.hasPrefix("Describe") else { return }
    memory.withLock { $0.answers[request.question] = answer }
  }
}

private struct LineTransport: Transport {
  let cloud: VirtualCloud
  let line: Line

  func send(_ request: HTTPRequest) async throws(TransportFailure) -> HTTPAnswer {
    switch await line.fate(of: request.operation, request.form) {
    case .passes:
      if let old = line.staleAnswer(to: request, at: cloud.time.elapsed) { return old }
      let answer = await cloud.answer(request, lag: line.lag)
      line.remember(answer, to: request)
      return line.reworded(answer)
    // A cancelled exchange is not tried again: the process that asked is gone.
    case .isLost: throw .cancelled
    case .losesAnswer:
      _ = await cloud.answer(request, lag: line.lag)
      throw .cancelled
    case .breaks(let losesAnswer):
      if losesAnswer { _ = await cloud.answer(request, lag: line.lag) }
      throw .noAnswer("the connection was closed")
    case .isAnswered(let answer): return answer
    }
  }
}

extension HTTPRequest {
  fileprivate var operation: String { headers.first { $0.name == "x-acs-action" }?.value ?? "" }

  fileprivate var question: String { operation + "?" + String(decoding: body, as: UTF8.self) }

  /// The decoded parameters of the body, in the order sent.
  fileprivate var form: [Parameter] {
    String(decoding: body, as: UTF8.self).split(separator: "&").map { pair in
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (decoded(halves[0]), halves.count > 1 ? decoded(halves[1]) : "")
    }
  }
}

/// A text with its percent signs resolved.
private func decoded(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let first = rest.popFirst() {
    if first == UInt8(ascii: "%"), rest.count >= 2,
      let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(first)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

extension Endpoint {
  fileprivate static let virtual: Endpoint = {
    do { return try Endpoint(parsing: "http://127.0.0.1:1") } catch { preconditionFailure("\(error)") }
  }()
}

/// Numbers in place of chance: ids differ, and are the same in every run.
private final class SequentialEntropy: Sendable {
  private let count = Mutex<UInt64>(0)

  @Sendable func next() -> UInt64 {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
