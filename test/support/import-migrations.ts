// SPDX-License-Identifier: Apache-2.0
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { bundles } from '../../main/station/store/migrations/0003-bundles.ts'

/** The tables of a station up to the bundles; the ones between are another part's. */
export const importMigrations = [auditMigration, { id: 2, name: 'none', sql: '' }, bundles]
