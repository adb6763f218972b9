// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'

/** What has been typed so far. Passwords are not in it: they are never kept on this side. */
const draftSchema = z
  .object({
    step: z.number().int().min(0).catch(0),
    site: z.string().catch(''),
    administrator: z.object({ name: z.string(), login: z.string() }).catch({ name: '', login: '' }),
    officer: z.object({ name: z.string(), login: z.string() }).catch({ name: '', login: '' }),
  })
  .catch({ step: 0, site: '', administrator: { name: '', login: '' }, officer: { name: '', login: '' } })
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

const sitePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** The site's short name as the station takes it. */
export const isSite = (text: string): boolean => sitePattern.test(text)
