// SPDX-License-Identifier: Apache-2.0
import { actTexts } from './en/acts.ts'
import { benchTexts } from './en/bench.ts'
import { contentsTexts } from './en/contents.ts'
import { findTexts } from './en/find.ts'
import { frameTexts } from './en/frame.ts'
import { healthTexts } from './en/health.ts'
import { portTexts } from './en/ports.ts'
import { helpTexts } from './en/help.ts'
import { printTexts } from './en/print.ts'
import { peopleTexts } from './en/people.ts'
import { reviewTexts } from './en/review.ts'

/** English: every text of the page, in ICU's notation. */
export const en = {
  ...actTexts,
  ...frameTexts,
  ...benchTexts,
  ...reviewTexts,
  ...contentsTexts,
  ...peopleTexts,
  ...findTexts,
  ...healthTexts,
  ...portTexts,
  ...helpTexts,
  ...printTexts,
} as const
export type TextKey = keyof typeof en
