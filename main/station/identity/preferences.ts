// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { preferences } from '../../../shared/contract/values.ts'
import type { Store } from '../store/open.ts'

/** How a person wants the page to look and speak. */
export type Preferences = z.infer<typeof preferences>

/** What a person chose, on any start of the page; null: nothing yet. */
export const readPreferences = ({ read }: Pick<Store, 'read'>, person: string): Preferences | null => {
  const row = read.get('SELECT theme, language, size FROM preference WHERE person = ?', person)
  const known = preferences.safeParse(row)
  return known.success ? known.data : null
}

/** Keeps it. No regulated record: no entry. */
export const writePreferences = (store: Store, person: string, { theme, language, size }: Preferences): void =>
  store.transact((tx) => {
    tx.run(
      'INSERT OR REPLACE INTO preference (person, theme, language, size) VALUES (?, ?, ?, ?)',
      person,
      theme,
      language,
      size,
    )
  })
