// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Signatures of a bundle until others took their place: those that counted from the import, or from the change before,
 * until `until_ms`. Records of runs name the signers of their time.
 */
export const pastSignaturesMigration: Migration = {
  id: 20,
  name: '0020-past-signatures',
  sql: `
    CREATE TABLE bundle_signature_past (
      bundle TEXT NOT NULL REFERENCES bundle (id),
      until_ms INTEGER NOT NULL,
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (bundle, until_ms, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER bundle_signature_past_kept BEFORE DELETE ON bundle_signature_past
      BEGIN SELECT raise(ABORT, 'a past signature is never removed'); END;
  `,
}
