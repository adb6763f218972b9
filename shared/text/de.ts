// SPDX-License-Identifier: Apache-2.0
import type { ErrorTexts } from './error-text.ts'
import { accountTexts } from './de/account.ts'
import { bundleTexts } from './de/bundle.ts'
import { deviceTexts } from './de/device.ts'
import { driveTexts } from './de/drive.ts'
import { exportAndPeopleTexts } from './de/export-and-people.ts'
import { policyTexts } from './de/policy.ts'
import { stationTexts } from './de/station.ts'
import { trustTexts } from './de/trust.ts'

/** German: headline, state now, next steps, for every code. */
export const de: ErrorTexts = {
  ...accountTexts,
  ...bundleTexts,
  ...deviceTexts,
  ...driveTexts,
  ...exportAndPeopleTexts,
  ...policyTexts,
  ...stationTexts,
  ...trustTexts,
}
