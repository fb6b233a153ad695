// SPDX-License-Identifier: Apache-2.0

import CloudAPI
package import Planning
package import Resources

/// What arose outside the manifests by what `plan` says.
///
/// Lists may lag behind what was made: nothing counts as deleted that the service shows when asked for it by id.
///
/// - Parameter created: Ids of objects that the journal says were created and not deleted, by address.
/// - Throws: `CallFailure`.
package func lookForDrift(
  in plan: Plan, created: [Address: String], through cloud: ImageBuilder
) async throws -> [Drift] {
  let missing = plan.missing(of: created)
  var shown: [String: ObservedResource] = [:]
  for kind in Set(missing.keys.map(\.kind)).sorted() {
    let ids = missing.filter { $0.key.kind == kind }.values.sorted()
    shown.merge(try await cloud.described(kind, ids: ids)) { first, _ in first }
  }
  return plan.drift(missing: missing, shown: shown)
}
