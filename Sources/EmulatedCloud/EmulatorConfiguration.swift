// SPDX-License-Identifier: Apache-2.0

/// Everything that one emulated cloud is told when it starts.
package struct EmulatorConfiguration: Sendable {
  /// Where the state is kept.
  package enum Data: Hashable, Sendable {
    /// In memory, gone with the process.
    case memory
    /// In the SQLite file at this path, made where it does not exist.
    case file(String)
  }

  /// How time passes for executions and creation times; signatures are always checked against the true time.
  package enum ClockMode: String, Hashable, Sendable, CaseIterable {
    /// As it passes: a build takes minutes.
    case real
    /// As it passes, but each state of an execution lasts milliseconds.
    case fast
    /// Only when the control endpoint says so.
    case manual
  }

  /// Where the state is kept.
  package var data: Data
  /// Who may call; nobody else can.
  package var accessKeys: [AccessKey]
  /// The address to listen on.
  package var host = "127.0.0.1"
  /// The port to listen on; 0 lets the system choose.
  package var port = 0
  /// How time passes for executions.
  package var clock = ClockMode.real
  /// Whether `/_kiln/…` is served, by which anyone who reaches the port may cause faults and turn the clock.
  package var controlEndpoint = false
  /// How long to wait for another process that holds the data file.
  package var lockWait = Duration.seconds(10)
  /// How much of each thing an account may have.
  package var quotas = Quotas()
  /// How often an account may call; none by default.
  package var rateLimits: [RateLimit] = []
  /// Milliseconds for which a ClientToken is remembered; nil remembers it for good.
  package var tokenLifetime: Int64?
  /// Whether base images must be in the catalogue or of the account's own making.
  package var strictImages = false
  /// Whether tags and groups of pipelines can be changed; the service's documentation leaves it open.
  package var pipelineTags = true
  /// Whether the rules of 2023 hold: `FROM` in BuildContent overrides the base image, or is written into it, and
  /// pipelines build from Linux only.
  package var legacyFrom = false
  /// What is the matter with things outside of the service, by their names, besides what the names say themselves.
  package var conditions: [Condition: Set<String>] = [:]
  /// What accounts may not do although their keys are good, by account.
  package var denials: [String: Set<Denial>] = [:]
  /// Resource groups that every account has besides its default group.
  package var resourceGroups: Set<String> = ["rg-emulated"]
  /// Regions that exist besides those of the catalogue.
  package var moreRegions: Set<String> = []
  /// What goes wrong on purpose.
  package var faults = FaultPlan()
  /// The true time in milliseconds since 1970.
  package var now: @Sendable () -> Int64
  /// A source of 64 random bits, for ids.
  package var entropy: @Sendable () -> UInt64

  /// An emulated cloud that keeps `data` and knows the time from `now`.
  package init(
    data: Data = .memory, accessKeys: [AccessKey] = [.default],
    now: @escaping @Sendable () -> Int64,
    entropy: @escaping @Sendable () -> UInt64 = {
      var system = SystemRandomNumberGenerator()
      return system.next()
    }
  ) {
    self.data = data
    self.accessKeys = accessKeys
    self.now = now
    self.entropy = entropy
  }
}

/// A key that may call the service.
package struct AccessKey: Hashable, Sendable {
  /// The public half.
  package let id: String
  /// The secret half.
  package let secret: String
  /// The account it belongs to.
  package let account: String
  /// The security token that must come with it, for temporary credentials.
  package let token: String?
  /// Whether it is in use; a disabled one is refused as such.
  package var isActive: Bool

  /// A key.
  package init(
    id: String, secret: String, account: String = AccessKey.defaultAccount, token: String? = nil,
    isActive: Bool = true
  ) {
    self.id = id
    self.secret = secret
    self.account = account
    self.token = token
    self.isActive = isActive
  }

  /// The account of keys that name none.
  package static let defaultAccount = "1000000000000001"
  /// The key where none is configured; no secret at all, being the same everywhere.
  package static let `default` = AccessKey(id: "emulated", secret: "emulated")
}

/// How much of each thing an account may have; nil is without limit.
package struct Quotas: Hashable, Sendable {
  /// Components in a region.
  package var components: Int?
  /// Pipelines in a region.
  package var pipelines: Int?
  /// Tags on one object.
  package var tagsPerObject = 20
  /// Different keys of tags in a region.
  package var tagKeys: Int?

  /// The documented limits: tags only.
  package init() {}
}

/// How often one account may call one operation in one region.
package struct RateLimit: Hashable, Sendable {
  /// The operation; nil limits each of them alike.
  package var operation: String?
  /// The number of calls allowed in each window.
  package var calls: Int
  /// The length of a window in milliseconds; the service's own is a minute.
  package var window: Int64

  /// At most `calls` in each `window` milliseconds.
  package init(operation: String? = nil, calls: Int, window: Int64 = 60_000) {
    self.operation = operation
    self.calls = calls
    self.window = window
  }
}
