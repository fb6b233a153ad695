// SPDX-License-Identifier: Apache-2.0

import CloudAPI
import Logging
import Synchronization

extension CloudClient {
  /// A client whose time is virtual and whose lots are known.
  static func testing(
    _ transport: any Transport, time: VirtualTime = VirtualTime(),
    credentials: any CredentialSource = FixedCredentials(.testing), policy: RetryPolicy = RetryPolicy(),
    budget: RetryBudget = RetryBudget(), logger: Logger = Logger(label: "test"), traceParent: String? = nil,
    underWay: CallsUnderWay = CallsUnderWay()
  ) -> CloudClient {
    let count = Counter()
    return CloudClient(
      endpoint: .ecs(regionID: "cn-beijing"), regionID: "cn-beijing", account: "a", credentials: credentials,
      transport: transport, limiters: Limiters(), time: time.timekeeper,
      randomness: Randomness(
        nonce: { "nonce-\(count.next())" }, fraction: { 0.5 }),
      policy: policy, budget: budget, logger: logger, userAgent: "kiln-test", traceParent: traceParent,
      underWay: underWay)
  }
}

extension Credentials {
  static let testing = Credentials(accessKeyID: "LTAItest", accessKeySecret: RedactedSecret("s3cr3t-key"))
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
