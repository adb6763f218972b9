// SPDX-License-Identifier: Apache-2.0
import { auditStates } from './audit-states.ts'
import { benchStates } from './bench-states.ts'
import { bundleStates } from './bundle-states.ts'
import { deviceStates } from './device-states.ts'
import { driveStates } from './drive-states.ts'
import { exportStates } from './export-states.ts'
import { doorStates, frameStates, idleStates } from './frame-states.ts'
import { keysStates } from './keys-states.ts'
import { paperStates } from './paper-states.ts'
import { peopleStates } from './people-states.ts'
import type { State } from './reach.ts'
import { setUpStates } from './set-up-states.ts'
import { administratorStates, officerStates, technicianStates } from './states.ts'
import { stationStates } from './station-states.ts'
import { withdrawStates } from './withdraw-states.ts'

/** On a station that is set up, in the order of the walk: the plain screens of each role, then each area's odd ones. */
export const workStates: readonly State[] = [
  ...technicianStates,
  ...officerStates,
  ...administratorStates,
  ...benchStates,
  ...driveStates,
  ...bundleStates,
  ...deviceStates,
  ...keysStates,
  ...withdrawStates,
  ...exportStates,
  ...auditStates,
  ...peopleStates,
  ...stationStates,
  ...paperStates,
  ...frameStates,
  ...doorStates,
  ...idleStates,
]

/** Every screen and state. */
export const allStates: readonly State[] = [...setUpStates, ...workStates]
