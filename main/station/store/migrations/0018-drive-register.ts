// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/** Drives that a site knows as its own. A registration ends, and is never removed; a drive has one at a time. */
export const driveRegisterMigration: Migration = {
  id: 18,
  name: '0018-drive-register',
  sql: `
    CREATE TABLE registered_drive (
      -- the order in which they were registered
      n INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      -- the identity of the volume, made of its id and the stick's serial number
      drive TEXT NOT NULL,
      -- empty where the system does not tell
      serial TEXT NOT NULL,
      volume TEXT NOT NULL,
      label TEXT NOT NULL,
      owner TEXT NOT NULL,
      by_name TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      ended_by TEXT,
      ended_ms INTEGER,
      ended_reason TEXT,
      CHECK ((ended_ms IS NULL) = (ended_by IS NULL) AND (ended_ms IS NULL) = (ended_reason IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX registered_drive_now ON registered_drive (drive) WHERE ended_ms IS NULL;
    CREATE TRIGGER registered_drive_ended BEFORE UPDATE ON registered_drive WHEN OLD.ended_ms IS NOT NULL
      BEGIN SELECT raise(ABORT, 'what has ended is never changed'); END;
    CREATE TRIGGER registered_drive_kept BEFORE DELETE ON registered_drive
      BEGIN SELECT raise(ABORT, 'a registration is never removed'); END;
  `,
}
