// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * One row per flash job. `state` is the last step that was begun, `outcome` is null while it runs. The journal of a
 * place finds what an interrupted job has left in a device that cannot say who it is.
 */
export const flashing: Migration = {
  id: 6,
  name: 'flashing',
  sql: `
    CREATE TABLE flash_job (
      id TEXT PRIMARY KEY,
      bundle TEXT NOT NULL,
      product TEXT NOT NULL,
      version TEXT NOT NULL,
      counter INTEGER NOT NULL,
      port TEXT NOT NULL,
      place TEXT,
      person TEXT NOT NULL,
      person_name TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      state TEXT NOT NULL CHECK (state IN ('check', 'identify', 'write', 'verify', 'reset', 'confirm', 'done')),
      outcome TEXT CHECK (outcome IN ('done', 'refused', 'failed', 'cancelled', 'interrupted')),
      code TEXT,
      details TEXT,
      payload TEXT,
      image_sha256 TEXT,
      profile TEXT,
      device TEXT REFERENCES device (id),
      version_before TEXT,
      loader TEXT,
      units INTEGER,
      units_done INTEGER NOT NULL DEFAULT 0,
      written INTEGER,
      skipped INTEGER,
      read_back TEXT,
      recoveries TEXT NOT NULL DEFAULT '[]',
      checks TEXT NOT NULL DEFAULT '[]',
      trace TEXT
    ) STRICT;
    CREATE INDEX flash_job_by_start ON flash_job (started_at);
    CREATE INDEX flash_job_by_place ON flash_job (place, started_at);
    CREATE INDEX flash_job_running ON flash_job (id) WHERE outcome IS NULL;
  `,
}
