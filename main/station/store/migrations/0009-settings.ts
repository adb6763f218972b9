// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/** What a station knows of itself: its site, its certificate. Changed inside audited changes only. */
export const settingsMigration: Migration = {
  id: 9,
  name: 'settings',
  sql: `CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
}
