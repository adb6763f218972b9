// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Keys and bundles that two people withdraw at this site, or take back. One that was decided is never changed, none is
 * ever removed, and nobody signs their own.
 */
export const withdrawalsMigration: Migration = {
  id: 17,
  name: '0017-withdrawals',
  sql: `
    CREATE TABLE withdrawal (
      -- the order in which they were asked for
      n INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      act TEXT NOT NULL CHECK (act IN ('withdraw', 'restore')),
      kind TEXT NOT NULL CHECK (kind IN ('key', 'bundle')),
      -- SHA-256 of the key's SPKI or of the bundle's manifest
      subject TEXT NOT NULL,
      what TEXT NOT NULL,
      asked_by TEXT NOT NULL,
      asked_name TEXT NOT NULL,
      asked_role TEXT NOT NULL,
      asked_ms INTEGER NOT NULL,
      reason TEXT NOT NULL,
      -- what both were shown that it concerns, and the digest that the second person signs
      effect TEXT NOT NULL,
      content TEXT NOT NULL,
      decision TEXT CHECK (decision IN ('signed', 'declined', 'void')),
      decided_by TEXT CHECK (decision <> 'signed' OR decided_by <> asked_by),
      decided_name TEXT,
      decided_ms INTEGER,
      decision_reason TEXT
    ) STRICT;
    CREATE UNIQUE INDEX withdrawal_waiting ON withdrawal (kind, subject) WHERE decision IS NULL;
    CREATE TRIGGER withdrawal_decided BEFORE UPDATE ON withdrawal WHEN OLD.decision IS NOT NULL
      BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
    CREATE TRIGGER withdrawal_kept BEFORE DELETE ON withdrawal
      BEGIN SELECT raise(ABORT, 'a withdrawal is never removed'); END;
  `,
}
