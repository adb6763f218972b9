// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'

const nobody = { name: '', login: '' }
const who = z.object({ name: z.string(), login: z.string() }).catch(nobody)
/** What has been typed so far. Passwords are not in it: they are never kept on this side. */
const draftSchema = z
  .object({
    step: z.string().catch('language'),
    site: z.string().catch(''),
    hall: z.string().catch(''),
    bench: z.string().catch(''),
    devices: z.number().int().min(1).max(1_000_000).catch(200),
    administrator: who,
    officer: who,
  })
  .catch({ step: 'language', site: '', hall: '', bench: '', devices: 200, administrator: nobody, officer: nobody })
export type Draft = z.infer<typeof draftSchema>

const key = 'airlock.set-up'

/** What was kept when somebody left; an empty draft otherwise. */
export const loadDraft = (): Draft => {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(key) ?? 'null'))
  } catch {
    // What is no JSON is no draft.
    return draftSchema.parse(null)
  }
}

/** Keeps the draft on this computer. */
export const saveDraft = (draft: Draft): void => localStorage.setItem(key, JSON.stringify(draft))

/** Whether somebody left the set-up after its people were made, and has not ended it. */
export const isUnderWay = (): boolean => ['trust', 'ports', 'check'].includes(loadDraft().step)

/** Forgets it: the set-up is over. */
export const endDraft = (): void => localStorage.removeItem(key)

/** How a record names the station. */
export const nameOf = ({ site, hall, bench }: Pick<Draft, 'site' | 'hall' | 'bench'>): string =>
  [site === '' ? '…' : site, hall.trim(), bench.trim()].filter((part) => part !== '').join(' · ')

const sitePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** The site's short name as the station takes it. */
export const isSite = (text: string): boolean => sitePattern.test(text)
