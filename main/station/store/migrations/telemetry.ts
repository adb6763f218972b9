// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'
import { telemetry } from './telemetry/0001-telemetry.ts'
import { recordMinutes } from './telemetry/0002-record-minutes.ts'

/** The schema of `telemetry.db`, a file of its own: what devices say is much, and none of it is regulated. */
export const telemetryMigrations: readonly Migration[] = [telemetry, recordMinutes]
