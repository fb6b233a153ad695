// SPDX-License-Identifier: Apache-2.0

import CloudAPI

extension Console {
  /// A console that speaks as `options` say.
  convenience init(_ options: OutputOptions, world: World = .current) {
    self.init(noColour: options.noColor, isJSON: options.json, world: world)
  }

  /// A console in the surroundings of `world`.
  convenience init(noColour: Bool = false, isJSON: Bool = false, world: World = .current) {
    let now = world.time.now
    self.init(
      environment: world.environment, noColour: noColour, isJSON: isJSON, now: { now().iso8601 })
  }
}
