// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Every trust policy and recall list that was in force here, with the bytes that were signed. The highest version is
 * the one in force; nothing is ever changed or removed. `signed_at` is the newest signing time of the document.
 */
export const trust: Migration = {
  id: 4,
  name: 'trust',
  sql: `
    CREATE TABLE trust_policy (
      version INTEGER PRIMARY KEY CHECK (version >= 1),
      digest TEXT NOT NULL UNIQUE,
      manifest BLOB NOT NULL,
      signed_at INTEGER NOT NULL,
      accepted_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE trust_recall (
      version INTEGER PRIMARY KEY CHECK (version >= 1),
      digest TEXT NOT NULL UNIQUE,
      manifest BLOB NOT NULL,
      signed_at INTEGER NOT NULL,
      accepted_at INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER trust_policy_higher BEFORE INSERT ON trust_policy
      WHEN NEW.version <= (SELECT max(version) FROM trust_policy) BEGIN SELECT RAISE(ABORT, 'only higher'); END;
    CREATE TRIGGER trust_policy_update BEFORE UPDATE ON trust_policy BEGIN SELECT RAISE(ABORT, 'append only'); END;
    CREATE TRIGGER trust_policy_delete BEFORE DELETE ON trust_policy BEGIN SELECT RAISE(ABORT, 'append only'); END;
    CREATE TRIGGER trust_recall_higher BEFORE INSERT ON trust_recall
      WHEN NEW.version <= (SELECT max(version) FROM trust_recall) BEGIN SELECT RAISE(ABORT, 'only higher'); END;
    CREATE TRIGGER trust_recall_update BEFORE UPDATE ON trust_recall BEGIN SELECT RAISE(ABORT, 'append only'); END;
    CREATE TRIGGER trust_recall_delete BEFORE DELETE ON trust_recall BEGIN SELECT RAISE(ABORT, 'append only'); END;
  `,
}
