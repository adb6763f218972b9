// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'
import { auditMigration } from './0001-audit.ts'
import { identityMigration } from './0002-identity.ts'
import { bundles } from './0003-bundles.ts'
import { trust } from './0004-trust.ts'
import { devices } from './0005-devices.ts'
import { flashing } from './0006-flashing.ts'
import { exportsMigration } from './0007-exports.ts'
import { jobsMigration } from './0008-jobs.ts'
import { settingsMigration } from './0009-settings.ts'
import { runsMigration } from './0010-runs.ts'
import { peopleMigration } from './0014-people.ts'
import { shownMigration } from './0015-shown.ts'
import { overridesMigration } from './0016-overrides.ts'
import { withdrawalsMigration } from './0017-withdrawals.ts'
import { driveRegisterMigration } from './0018-drive-register.ts'
import { waitingPoliciesMigration } from './0019-waiting-policies.ts'
import { pastSignaturesMigration } from './0020-past-signatures.ts'

/** station.db, step by step: an entry is never changed after its release. */
export const stationMigrations: readonly Migration[] = [
  auditMigration,
  identityMigration,
  bundles,
  trust,
  devices,
  flashing,
  exportsMigration,
  jobsMigration,
  settingsMigration,
  runsMigration,
  peopleMigration,
  shownMigration,
  overridesMigration,
  withdrawalsMigration,
  driveRegisterMigration,
  waitingPoliciesMigration,
  pastSignaturesMigration,
]
