// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables, as a list of steps: a released step is never edited, a change is a further step.
enum Schema {
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: objects, tags, references, executions, images, tokens, groups, sessions") {
      database in
      try database.execute(sql: first)
    }
    migrator.registerMigration("2: states of resource groups, roles of the service") { database in
      try database.execute(sql: second)
    }
    migrator.registerMigration("3: followed components") { database in
      try database.execute(sql: followers)
    }
    return migrator
  }

  /// Brings the tables up to date.
  static func migrate(_ queue: DatabaseQueue) throws {
    try migrator.migrate(queue)
  }

  /// Whether the file knows steps that this program does not.
  static func isNewer(_ queue: DatabaseQueue) throws -> Bool {
    try queue.read { database in try migrator.hasBeenSuperseded(database) }
  }

  /// Everything belongs to an account and a region, and is listed in the order of its creation.
  ///
  /// `item` holds the members of a Describe item that never change, as JSON text without braces, and `tags` the
  /// list of tags as JSON text; what is searched by has a column or a table of its own.
  private static let first = """
    CREATE TABLE object (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
      name TEXT NOT NULL, resource_group TEXT NOT NULL, created INTEGER NOT NULL,
      item TEXT NOT NULL, tags TEXT NOT NULL,
      UNIQUE (account, region, kind, id));
    CREATE INDEX object_in_order ON object (account, region, kind, sequence);
    CREATE INDEX object_by_name ON object (account, region, kind, name, sequence);

    CREATE TABLE tag (
      object INTEGER NOT NULL REFERENCES object ON DELETE CASCADE,
      key TEXT NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (object, key)) WITHOUT ROWID;
    CREATE INDEX tag_by_value ON tag (key, value, object);

    CREATE TABLE component (
      object INTEGER PRIMARY KEY REFERENCES object ON DELETE CASCADE,
      account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,
      major INTEGER NOT NULL, minor INTEGER NOT NULL, patch INTEGER NOT NULL,
      system_type TEXT NOT NULL, component_type TEXT NOT NULL, parameters TEXT NOT NULL,
      UNIQUE (account, region, name, major, minor, patch));

    CREATE TABLE reference (
      pipeline INTEGER NOT NULL REFERENCES object ON DELETE CASCADE,
      component INTEGER NOT NULL REFERENCES object,
      PRIMARY KEY (pipeline, component)) WITHOUT ROWID;
    CREATE INDEX reference_by_component ON reference (component);

    CREATE TABLE execution (
      object INTEGER PRIMARY KEY REFERENCES object ON DELETE CASCADE,
      pipeline INTEGER NOT NULL REFERENCES object ON DELETE CASCADE,
      timeline TEXT NOT NULL, ends INTEGER NOT NULL, image TEXT NOT NULL);
    CREATE INDEX execution_by_pipeline ON execution (pipeline, object);

    CREATE TABLE image (
      object INTEGER PRIMARY KEY REFERENCES object ON DELETE CASCADE,
      family TEXT NOT NULL, execution TEXT NOT NULL);
    CREATE INDEX image_by_execution ON image (execution);

    CREATE TABLE token (
      account TEXT NOT NULL, region TEXT NOT NULL, operation TEXT NOT NULL, token TEXT NOT NULL,
      fingerprint TEXT NOT NULL, reply TEXT NOT NULL, created INTEGER NOT NULL,
      PRIMARY KEY (account, region, operation, token)) WITHOUT ROWID;

    CREATE TABLE resource_group (
      account TEXT NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (account, id)) WITHOUT ROWID;

    CREATE TABLE session (
      access_key TEXT PRIMARY KEY, secret TEXT NOT NULL, token TEXT NOT NULL,
      account TEXT NOT NULL, arn TEXT NOT NULL, role TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
    """

  /// Who has made something before the service's role was kept account of has the role.
  private static let second = """
    ALTER TABLE resource_group ADD COLUMN status TEXT NOT NULL DEFAULT 'OK';
    ALTER TABLE resource_group ADD COLUMN region TEXT NOT NULL DEFAULT '';

    CREATE TABLE service_linked_role (account TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT INTO service_linked_role SELECT DISTINCT account FROM object;
    """

  /// Names with a pattern by which pipelines name components; a number that is left open is NULL.
  private static let followers = """
    CREATE TABLE follower (
      pipeline INTEGER NOT NULL REFERENCES object ON DELETE CASCADE,
      name TEXT NOT NULL, major INTEGER, minor INTEGER, patch INTEGER);
    CREATE INDEX follower_by_name ON follower (name);
    CREATE INDEX follower_by_pipeline ON follower (pipeline);
    """
}
