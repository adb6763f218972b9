// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/** Long work: what was started, by whom, and how it ended. Progress is not stored: it is the work's own checkpoints that count. */
export const jobsMigration: Migration = {
  id: 8,
  name: 'jobs',
  sql: `
    CREATE TABLE job (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      person TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      code TEXT,
      result TEXT
    ) STRICT;
    CREATE INDEX job_by_start ON job (started_at);
    CREATE INDEX job_running ON job (state) WHERE state = 'running';
  `,
}
