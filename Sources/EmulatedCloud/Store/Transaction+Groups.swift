// SPDX-License-Identifier: Apache-2.0

import GRDB

extension Transaction {
  /// Whether the account has made this resource group.
  func hasResourceGroup(_ id: String, account: String) throws -> Bool {
    try row("SELECT 1 FROM resource_group WHERE account = ? AND id = ?", [account, id]) != nil
  }

  /// Gives the account a resource group.
  func insertResourceGroup(_ id: String, account: String) throws {
    try run("INSERT OR IGNORE INTO resource_group (account, id) VALUES (?, ?)", [account, id])
  }
}
