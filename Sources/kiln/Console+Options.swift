// SPDX-License-Identifier: Apache-2.0

import CloudAPI

extension Console {
  /// A console that speaks as `options` say.
  convenience init(_ options: OutputOptions, world: World = .current) {
    let now = world.time.now
    self.init(
      environment: world.environment, noColour: options.noColor, isJSON: options.json, now: { now().iso8601 })
  }
}
