// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/** Which device the bench showed at a port when somebody put it into a run: model and serial number. */
export const shownMigration: Migration = {
  id: 15,
  name: 'shown',
  sql: 'ALTER TABLE run_target ADD COLUMN shown TEXT',
}
