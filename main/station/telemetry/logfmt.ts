// SPDX-License-Identifier: Apache-2.0
import { readFields, type Field } from './fields.ts'
import type { Reading } from './reading.ts'

/** One `key=value` or `key="quoted value"`, with the blanks behind it. */
const pair = /([A-Za-z_][\w.\-/]{0,63})=(?:"((?:[^"\\]|\\.)*)"|([^\s"=]*))(?:\s+|$)/y

const number = /^[-+]?\d{1,15}(?:\.\d{1,15})?(?:[eE][-+]?\d{1,2})?$/

/** A line that is nothing but logfmt pairs: `temp=21.5 hum=40 msg="door open"`. */
export const readLogfmt = (text: string): Reading | undefined => {
  const trimmed = text.trim()
  const fields: Field[] = []
  pair.lastIndex = 0
  while (pair.lastIndex < trimmed.length) {
    const found = pair.exec(trimmed)
    if (found === null) return undefined
    const [, key = '', quoted, bare = ''] = found
    fields.push([key, quoted === undefined ? bareValue(bare) : quoted.replaceAll(/\\(.)/g, '$1')])
  }
  return fields.length > 0 ? readFields(fields) : undefined
}

const bareValue = (text: string): string | number | boolean => {
  if (number.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return text
}
