// SPDX-License-Identifier: Apache-2.0
import type { Change } from '../../shared/formats/document-changes.ts'

/** Changes of a document for people: one line each. */
export const describeChanges = (changes: readonly Change[]): string =>
  changes
    .map(({ path, from, to }) => {
      if (from === null) return `+ ${path} ${to ?? ''}\n`
      return to === null ? `- ${path} ${from}\n` : `  ${path} ${from} -> ${to}\n`
    })
    .join('')
