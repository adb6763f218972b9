// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * When a password was set and whether it serves for one sign-in only (both are part of the credential's digest in the
 * log), the passwords before it, and how each person wants the page to look. `preference` is no regulated record.
 */
export const peopleMigration: Migration = {
  id: 14,
  name: '0014-people',
  sql: `
ALTER TABLE person ADD COLUMN password_set_ms INTEGER;
ALTER TABLE person ADD COLUMN temporary INTEGER NOT NULL DEFAULT 0 CHECK (temporary IN (0, 1));
CREATE TABLE former_password (
  person TEXT NOT NULL REFERENCES person (id), set_ms INTEGER NOT NULL,
  scrypt_n INTEGER NOT NULL, scrypt_r INTEGER NOT NULL, scrypt_p INTEGER NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (person, set_ms)) STRICT;
CREATE TABLE preference (
  person TEXT PRIMARY KEY REFERENCES person (id), theme TEXT NOT NULL, language TEXT NOT NULL, size TEXT NOT NULL) STRICT;
`,
}
