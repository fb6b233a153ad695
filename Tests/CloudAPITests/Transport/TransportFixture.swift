// SPDX-License-Identifier: Apache-2.0

import CloudAPI

/// Runs `body` with a transport over sockets, and closes it whatever happens.
func withTransport<R: Sendable>(
  _ options: AHCTransport.Options = AHCTransport.Options(),
  do body: (AHCTransport) async throws -> R
) async throws -> R {
  let transport = try AHCTransport(options)
  do {
    let result = try await body(transport)
    await transport.close()
    return result
  } catch {
    await transport.close()
    throw error
  }
}
