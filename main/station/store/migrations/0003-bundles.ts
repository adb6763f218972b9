// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Accepted bundles, each known by the SHA-256 of its manifest. The manifest's bytes are the record; the columns beside
 * it are what is searched for. Contents lie in the vault under their digests.
 */
export const bundles: Migration = {
  id: 3,
  name: 'bundles',
  sql: `
    CREATE TABLE bundle (
      id TEXT PRIMARY KEY,
      bundle_id TEXT NOT NULL,
      vendor TEXT NOT NULL,
      product TEXT NOT NULL,
      channel TEXT NOT NULL,
      version TEXT NOT NULL,
      security_counter INTEGER NOT NULL CHECK (security_counter >= 0),
      policy_version INTEGER NOT NULL,
      signed_at INTEGER NOT NULL,
      manifest BLOB NOT NULL,
      file_name TEXT NOT NULL,
      medium TEXT NOT NULL,
      imported_at INTEGER NOT NULL,
      imported_by TEXT NOT NULL,
      UNIQUE (vendor, product, channel, version)
    ) STRICT;
    CREATE INDEX bundle_by_import ON bundle (imported_at);
    CREATE TABLE bundle_signature (
      bundle TEXT NOT NULL REFERENCES bundle (id),
      name TEXT NOT NULL,
      role TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (bundle, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE bundle_key (
      bundle TEXT NOT NULL REFERENCES bundle (id),
      spki TEXT NOT NULL,
      PRIMARY KEY (bundle, spki)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE bundle_content (
      bundle TEXT NOT NULL REFERENCES bundle (id),
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size INTEGER NOT NULL,
      PRIMARY KEY (bundle, path)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bundle_content_by_digest ON bundle_content (sha256);
  `,
}
