// SPDX-License-Identifier: Apache-2.0
import type { ErrorTexts } from './error-text.ts'
import { accountTexts } from './en/account.ts'
import { bundleTexts } from './en/bundle.ts'
import { deviceTexts } from './en/device.ts'
import { driveTexts } from './en/drive.ts'
import { exportAndPeopleTexts } from './en/export-and-people.ts'
import { policyTexts } from './en/policy.ts'
import { stationTexts } from './en/station.ts'
import { trustTexts } from './en/trust.ts'

/** English: headline, state now, next steps, for every code. */
export const en: ErrorTexts = {
  ...accountTexts,
  ...bundleTexts,
  ...deviceTexts,
  ...driveTexts,
  ...exportAndPeopleTexts,
  ...policyTexts,
  ...stationTexts,
  ...trustTexts,
}
