// SPDX-License-Identifier: Apache-2.0
import type { TextKey } from './en.ts'
import { actTexts } from './de/acts.ts'
import { benchTexts } from './de/bench.ts'
import { contentsTexts } from './de/contents.ts'
import { deviceTexts } from './de/device.ts'
import { driveRegisterTexts } from './de/drives.ts'
import { enrolTexts } from './de/enrol.ts'
import { exceptionTexts } from './de/exceptions.ts'
import { exportTexts } from './de/exports.ts'
import { findTexts } from './de/find.ts'
import { frameTexts } from './de/frame.ts'
import { healthTexts } from './de/health.ts'
import { helpTexts } from './de/help.ts'
import { keysTexts } from './de/keys.ts'
import { mediaTexts } from './de/media.ts'
import { peopleTexts } from './de/people.ts'
import { portTexts } from './de/ports.ts'
import { printTexts } from './de/print.ts'
import { recordTexts } from './de/record.ts'
import { reviewTexts } from './de/review.ts'
import { withdrawalTexts } from './de/withdrawals.ts'

/** German: a text for every key, or it does not compile. */
export const de: Readonly<Record<TextKey, string>> = {
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
}
