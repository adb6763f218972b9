// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { WriteHandle } from '../store/open.ts'
import { mask } from './template.ts'

/** Templates a store may hold: firmware has hundreds of log statements, text beyond this is not of statements. */
const maxTemplates = 20_000
/** Template of a text that is all argument: what is used once there are too many. */
const anything = '<lit>'

/** Finds or makes templates. A cache over the table: `forget` after a transaction that failed. */
export type KnownTemplates = {
  find(tx: WriteHandle, text: string): { template: number; arguments: string }
  forget(): void
}

const idRow = z.object({ id: z.number() })
const countRow = z.object({ n: z.number() })

/** `limit` templates, then whole texts as argument of `<lit>`: nothing is lost, but it is no list any more. */
export const createKnownTemplates = (limit = maxTemplates): KnownTemplates => {
  const ids = new Map<string, number>()
  let count: number | undefined

  const idOf = (tx: WriteHandle, text: string): number | undefined => {
    const cached = ids.get(text)
    if (cached !== undefined) return cached
    count ??= countRow.parse(tx.get('SELECT count(*) AS n FROM template')).n
    const row = tx.get('SELECT id FROM template WHERE text = ?', text)
    if (row === undefined && count >= limit && text !== anything) return undefined
    const { id } = idRow.parse(row ?? tx.get('INSERT INTO template (text) VALUES (?) RETURNING id', text))
    if (row === undefined) count += 1
    ids.set(text, id)
    return id
  }

  return {
    find(tx, text) {
      const masked = mask(text)
      const template = idOf(tx, masked.template)
      if (template !== undefined) return { template, arguments: JSON.stringify(masked.arguments) }
      return { template: idOf(tx, anything) ?? 0, arguments: JSON.stringify([text]) }
    },
    forget() {
      ids.clear()
      count = undefined
    },
  }
}
