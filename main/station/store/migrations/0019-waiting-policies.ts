// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Good steps of the trust policy that a drive brought, until a second person signs that they come in force or declines
 * them. None that was decided is changed, none is ever removed.
 */
export const waitingPoliciesMigration: Migration = {
  id: 19,
  name: '0019-waiting-policies',
  sql: `
    CREATE TABLE trust_policy_waiting (
      n INTEGER PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      digest TEXT NOT NULL,
      manifest BLOB NOT NULL,
      signed_at INTEGER NOT NULL,
      brought_by TEXT NOT NULL,
      brought_name TEXT NOT NULL,
      brought_role TEXT NOT NULL,
      brought_ms INTEGER NOT NULL,
      decision TEXT CHECK (decision IN ('signed', 'declined')),
      decided_by TEXT CHECK (decided_by <> brought_by)
    ) STRICT;
    CREATE UNIQUE INDEX trust_policy_waiting_open ON trust_policy_waiting (version) WHERE decision IS NULL;
    CREATE TRIGGER trust_policy_waiting_decided BEFORE UPDATE ON trust_policy_waiting WHEN OLD.decision IS NOT NULL
      BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
    CREATE TRIGGER trust_policy_waiting_kept BEFORE DELETE ON trust_policy_waiting
      BEGIN SELECT raise(ABORT, 'a step is never removed'); END;
  `,
}
