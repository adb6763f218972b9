// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Exports: what was asked for, what was approved, the archives in their order, every copy that left, and the site's
 * dictionary. An archive's number and a copy are written once: no row of theirs is ever changed or removed.
 */
export const exportsMigration: Migration = {
  id: 7,
  name: 'exports',
  sql: `
    CREATE TABLE export_request (
      id TEXT PRIMARY KEY,
      from_ms INTEGER NOT NULL,
      to_ms INTEGER NOT NULL CHECK (to_ms >= from_ms),
      reason TEXT NOT NULL,
      requested_by TEXT NOT NULL,
      requested_name TEXT NOT NULL,
      requested_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'rejected', 'voided', 'written')),
      policy_digest TEXT NOT NULL,
      key_id TEXT NOT NULL,
      content_digest TEXT NOT NULL,
      records_in INTEGER NOT NULL,
      records_out INTEGER NOT NULL,
      -- JSON: clear files, and the report that goes into the manifest
      tables TEXT NOT NULL,
      report TEXT NOT NULL,
      decided_by TEXT,
      decided_name TEXT,
      decided_at INTEGER,
      decision TEXT,
      decision_seq INTEGER
    ) STRICT;
    CREATE INDEX export_request_by_time ON export_request (requested_at);

    CREATE TABLE export_archive (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      request TEXT NOT NULL UNIQUE REFERENCES export_request (id),
      archive_id TEXT NOT NULL UNIQUE,
      previous TEXT,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      -- entries of the audit log that its checkpoint covers
      audit_size INTEGER NOT NULL,
      signed_at INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER export_archive_gapless BEFORE INSERT ON export_archive
      WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM export_archive), 0)
      BEGIN SELECT raise(ABORT, 'archive numbers have no gaps'); END;
    CREATE TRIGGER export_archive_fixed BEFORE UPDATE ON export_archive
      BEGIN SELECT raise(ABORT, 'an archive is never changed'); END;
    CREATE TRIGGER export_archive_kept BEFORE DELETE ON export_archive
      BEGIN SELECT raise(ABORT, 'an archive is never removed'); END;

    CREATE TABLE export_copy (
      id TEXT PRIMARY KEY,
      number INTEGER NOT NULL REFERENCES export_archive (number),
      medium TEXT NOT NULL,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      person TEXT NOT NULL,
      written_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX export_copy_by_number ON export_copy (number);
    CREATE TRIGGER export_copy_fixed BEFORE UPDATE ON export_copy
      BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END;
    CREATE TRIGGER export_copy_kept BEFORE DELETE ON export_copy
      BEGIN SELECT raise(ABORT, 'the ledger is never shortened'); END;

    CREATE TABLE site_dictionary (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      words TEXT NOT NULL,
      set_by TEXT NOT NULL,
      set_at INTEGER NOT NULL
    ) STRICT;
  `,
}
