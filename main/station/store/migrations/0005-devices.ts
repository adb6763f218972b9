// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/** Devices that this station has seen: one row per model and serial number; the highest security counter never goes down. */
export const devices: Migration = {
  id: 5,
  name: 'devices',
  sql: `
    CREATE TABLE device (
      id TEXT PRIMARY KEY,
      model TEXT NOT NULL,
      serial TEXT NOT NULL,
      hardware TEXT,
      version TEXT,
      counter INTEGER NOT NULL DEFAULT 0 CHECK (counter >= 0),
      profile TEXT NOT NULL,
      port TEXT NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      UNIQUE (model, serial)
    ) STRICT;
  `,
}
