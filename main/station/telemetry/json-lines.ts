// SPDX-License-Identifier: Apache-2.0
import { readFields, type Field } from './fields.ts'
import type { Reading } from './reading.ts'

/** Values one line may hold; more is a document, not a sample, and is kept as text. */
const maxFields = 128
const maxDepth = 6

/** A line that is one JSON object. Nested keys are joined with dots, list items by their index; null says nothing. */
export const readJsonLine = (text: string): Reading | undefined => {
  if (!text.startsWith('{')) return undefined
  const value = parseObject(text)
  if (value === undefined) return undefined
  const fields: Field[] = []
  return flatten('', value, 0, fields) && fields.length > 0 ? readFields(fields) : undefined
}

/** The object that `text` is, or undefined: bad JSON is an answer here, not an error. */
export const parseObject = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** False where the object is too deep, too wide, or holds a number beyond a double. */
const flatten = (prefix: string, value: object, depth: number, into: Field[]): boolean => {
  if (depth > maxDepth) return false
  for (const [key, inner] of entriesOf(value)) {
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (inner === null) continue
    if (typeof inner === 'object') {
      if (!flatten(name, inner, depth + 1, into)) return false
    } else if (typeof inner === 'string' || typeof inner === 'boolean' || Number.isFinite(inner)) {
      into.push([name, scalar(inner)])
    } else return false
    if (into.length > maxFields) return false
  }
  return true
}

const entriesOf = (value: object): [string, unknown][] => Object.entries(value)

const scalar = (value: unknown): string | number | boolean =>
  typeof value === 'number' || typeof value === 'boolean' ? value : String(value)
