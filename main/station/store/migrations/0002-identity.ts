// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * People, their failed sign-ins and their signatures. People are never deleted. What stands here is honoured only as
 * far as the audit log says the same: each entry about a person carries a digest of all of `person`.
 */
export const identityMigration: Migration = {
  id: 2,
  name: '0002-identity',
  sql: `
CREATE TABLE person (
  id TEXT PRIMARY KEY, login TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  roles TEXT NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1)),
  scrypt_n INTEGER, scrypt_r INTEGER, scrypt_p INTEGER, salt BLOB, hash BLOB) STRICT;
CREATE TABLE sign_in (
  person TEXT PRIMARY KEY REFERENCES person (id), failures INTEGER NOT NULL, locked INTEGER NOT NULL,
  last_ok_ms INTEGER, last_failed_ms INTEGER) STRICT;
CREATE TABLE signature (
  id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id), name TEXT NOT NULL, meaning TEXT NOT NULL,
  signed_ms INTEGER NOT NULL, zone_offset INTEGER NOT NULL, object_type TEXT NOT NULL, object_id TEXT NOT NULL,
  content_digest TEXT NOT NULL, nonce TEXT NOT NULL UNIQUE) STRICT;
CREATE INDEX signature_object ON signature (object_type, object_id, signed_ms);

CREATE TRIGGER person_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'people are never deleted'); END;
CREATE TRIGGER signature_update BEFORE UPDATE ON signature BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER signature_delete BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'append only'); END;
`,
}
