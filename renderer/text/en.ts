// SPDX-License-Identifier: Apache-2.0
import { actTexts } from './en/acts.ts'
import { benchTexts } from './en/bench.ts'
import { contentsTexts } from './en/contents.ts'
import { deviceTexts } from './en/device.ts'
import { driveRegisterTexts } from './en/drives.ts'
import { enrolTexts } from './en/enrol.ts'
import { exceptionTexts } from './en/exceptions.ts'
import { exportTexts } from './en/exports.ts'
import { findTexts } from './en/find.ts'
import { frameTexts } from './en/frame.ts'
import { healthTexts } from './en/health.ts'
import { helpTexts } from './en/help.ts'
import { keysTexts } from './en/keys.ts'
import { mediaTexts } from './en/media.ts'
import { peopleTexts } from './en/people.ts'
import { portTexts } from './en/ports.ts'
import { printTexts } from './en/print.ts'
import { recordTexts } from './en/record.ts'
import { reviewTexts } from './en/review.ts'
import { withdrawalTexts } from './en/withdrawals.ts'

/** English: every text of the page, in ICU's notation. */
export const en = {
  ...actTexts,
  ...benchTexts,
  ...contentsTexts,
  ...deviceTexts,
  ...driveRegisterTexts,
  ...enrolTexts,
  ...exceptionTexts,
  ...exportTexts,
  ...findTexts,
  ...frameTexts,
  ...healthTexts,
  ...helpTexts,
  ...keysTexts,
  ...mediaTexts,
  ...peopleTexts,
  ...portTexts,
  ...printTexts,
  ...recordTexts,
  ...reviewTexts,
  ...withdrawalTexts,
} as const
export type TextKey = keyof typeof en
