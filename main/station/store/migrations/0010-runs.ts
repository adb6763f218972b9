// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * Update runs: one bundle, the devices of one bench, in a line. At most one run is not ended. `turn` is the place in the
 * line, `job` the newest flash job of a target; a port that gets another device during a run has several targets, of
 * which the one with the highest `n` is shown.
 */
export const runsMigration: Migration = {
  id: 10,
  name: 'runs',
  sql: `
    CREATE TABLE run (
      id TEXT PRIMARY KEY,
      bundle TEXT NOT NULL,
      product TEXT NOT NULL,
      version TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('going', 'paused', 'interrupted', 'ended')),
      started_at INTEGER NOT NULL,
      ended_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX run_open ON run ((1)) WHERE state <> 'ended';
    CREATE INDEX run_by_start ON run (started_at);
    CREATE TABLE run_person (
      run TEXT NOT NULL REFERENCES run (id),
      person TEXT NOT NULL,
      name TEXT NOT NULL,
      since INTEGER NOT NULL,
      PRIMARY KEY (run, person)
    ) STRICT;
    CREATE TABLE run_target (
      run TEXT NOT NULL REFERENCES run (id),
      n INTEGER NOT NULL,
      port TEXT NOT NULL,
      turn INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'updated', 'same', 'failed', 'interrupted', 'leftOut', 'aside', 'notStarted')),
      actor TEXT NOT NULL,
      label TEXT,
      job TEXT,
      code TEXT,
      details TEXT,
      started_at INTEGER,
      ended_at INTEGER,
      PRIMARY KEY (run, n)
    ) STRICT;
  `,
}
