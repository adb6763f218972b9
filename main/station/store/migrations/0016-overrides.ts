// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Exceptions that two people make for what has expired, and the bundles that came in by them. One that was decided is
 * never changed, none is ever removed, and nobody decides their own.
 */
export const overridesMigration: Migration = {
  id: 16,
  name: '0016-overrides',
  sql: `
    CREATE TABLE override (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('bundle-expired', 'policy-expired')),
      -- SHA-256 of the bundle's or the policy's manifest
      subject TEXT NOT NULL,
      what TEXT NOT NULL,
      -- entry of the log with the refusal
      entry INTEGER NOT NULL,
      asked_by TEXT NOT NULL,
      asked_name TEXT NOT NULL,
      asked_ms INTEGER NOT NULL,
      reason TEXT NOT NULL,
      decision TEXT CHECK (decision IN ('granted', 'declined')),
      decided_by TEXT CHECK (decided_by <> asked_by),
      decided_name TEXT,
      decided_ms INTEGER,
      decision_reason TEXT,
      -- last moment that it counts; null: for good
      until_ms INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX override_waiting ON override (kind, subject) WHERE decision IS NULL;
    CREATE INDEX override_by_subject ON override (subject);
    CREATE TRIGGER override_decided BEFORE UPDATE ON override WHEN OLD.decision IS NOT NULL
      BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
    CREATE TRIGGER override_kept BEFORE DELETE ON override
      BEGIN SELECT raise(ABORT, 'an exception is never removed'); END;

    CREATE TABLE bundle_override (
      bundle TEXT NOT NULL REFERENCES bundle (id),
      override TEXT NOT NULL REFERENCES override (id),
      PRIMARY KEY (bundle, override)
    ) STRICT;
    CREATE TRIGGER bundle_override_kept BEFORE DELETE ON bundle_override
      BEGIN SELECT raise(ABORT, 'an exception is never removed'); END;
  `,
}
