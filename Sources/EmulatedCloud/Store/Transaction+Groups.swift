// SPDX-License-Identifier: Apache-2.0

import GRDB

/// A resource group that the control endpoint has made.
struct ResourceGroup: Hashable, Sendable {
  /// What can be going on with a group; only one that is `OK` takes things in.
  enum Status: String, Hashable, Sendable, CaseIterable {
    case ok = "OK"
    case creating = "Creating"
    case pendingDelete = "PendingDelete"
    case deleting = "Deleting"
    /// Things are being moved into or out of it.
    case transferring = "Transferring"
  }

  let id: String
  let account: String
  var status = Status.ok
  /// The only region whose things it takes; empty where it takes those of each.
  var region = ""
}

extension Transaction {
  /// The resource group of the account that has this id.
  func resourceGroup(_ id: String, account: String) throws -> ResourceGroup? {
    try row("SELECT * FROM resource_group WHERE account = ? AND id = ?", [account, id]).map { row in
      ResourceGroup(
        id: id, account: account, status: ResourceGroup.Status(rawValue: row["status"]) ?? .ok,
        region: row["region"])
    }
  }

  /// Gives an account a resource group, or its group another state.
  func set(_ group: ResourceGroup) throws {
    try run(
      "INSERT OR REPLACE INTO resource_group (account, id, status, region) VALUES (?, ?, ?, ?)",
      [group.account, group.id, group.status.rawValue, group.region])
  }

  /// Whether the role by which the service acts for the account has been made.
  func hasServiceLinkedRole(account: String) throws -> Bool {
    try row("SELECT 1 FROM service_linked_role WHERE account = ?", [account]) != nil
  }

  /// Records that the role by which the service acts for the account has been made.
  func insertServiceLinkedRole(account: String) throws {
    try run("INSERT INTO service_linked_role (account) VALUES (?)", [account])
  }
}
