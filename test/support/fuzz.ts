// SPDX-License-Identifier: Apache-2.0
/** Fuzz targets: mutants of good inputs, judged for as long as is asked; what they came to is counted. */
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect } from 'vitest'

/** How long each target runs in `npm run soak -- --minutes N`; 0: a seeded sample. */
const minutes = Number(process.env['AIRLOCK_MINUTES'] ?? '0')
/** No input of a few kilobytes may take longer, ms: more would be a way to hold a station up. */
const slowestAllowed = 10_000

/**
 * Judges inputs: `sample` of them in `npm test`, as many as the time allows in a soak. `judge` gives a short answer,
 * which is counted, and throws for what must not be.
 */
export const fuzz = async <T>(
  target: string,
  sample: number,
  inputs: fc.Arbitrary<T>,
  judge: (input: T) => string | Promise<string>,
): Promise<void> => {
  const answers = new Map<string, number>()
  let slowest = 0
  let rested = performance.now()
  const property = fc.asyncProperty(inputs, async (input) => {
    const began = performance.now()
    const answer = await judge(input)
    const ended = performance.now()
    slowest = Math.max(slowest, ended - began)
    answers.set(answer, (answers.get(answer) ?? 0) + 1)
    if (ended - rested < 100) return
    // Whoever runs the tests has to hear of this process now and then.
    await setImmediate()
    rested = performance.now()
  })
  const length = minutes > 0 ? { numRuns: 2 ** 30, interruptAfterTimeLimit: minutes * 60_000 } : { numRuns: sample }
  await fc.assert(property, length)
  const counts = [...answers].toSorted(([, a], [, b]) => b - a)
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const words = counts.map(([answer, count]) => `${answer} ${count}`).join(', ')
  if (minutes > 0) process.stdout.write(`${target}: ${total} inputs, slowest ${slowest.toFixed(0)} ms; ${words}\n`)
  expect(slowest).toBeLessThan(slowestAllowed)
}

const edges = [[0], [0x7f], [0x80], [0xff], [0, 0, 0, 0], [1, 0, 0, 0], [255, 255, 255, 255], [255, 255, 255, 127]]

/** Good bytes with a few places overwritten, put in or left out: by noise, edge values, or other pieces of themselves. */
export const mutants = (good: Uint8Array): fc.Arbitrary<Uint8Array> => {
  const place = fc.nat(good.length)
  const piece = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(...edges).map((bytes) => Uint8Array.from(bytes)),
    fc.tuple(place, fc.nat(600)).map(([from, length]) => good.slice(from, from + length)),
  )
  const edit = fc.record({ at: place, piece, how: fc.constantFrom('over', 'over', 'in', 'out') })
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) =>
    edits.reduce<Uint8Array>((bytes, { at, piece: put, how }) => {
      const from = how === 'in' ? at : at + put.length
      return Buffer.concat([bytes.subarray(0, at), how === 'out' ? Buffer.of() : put, bytes.subarray(from)])
    }, good),
  )
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
const odd: readonly Json[] = [
  null,
  true,
  -1,
  0,
  0.5,
  2 ** 53,
  1e308,
  '',
  'A',
  '..',
  '\u202e',
  'constructor',
  [],
  {},
  [[]],
]

/** A good value with a few of its parts exchanged for odd ones or for each other, left out, doubled, or added to. */
export const valueMutants = (good: object): fc.Arbitrary<Json> => {
  const whole = JSON.parse(JSON.stringify(good)) as Json
  const pieces = partsOf(whole)
  const other = fc.oneof(
    fc.constantFrom(...odd),
    fc.constantFrom(...pieces),
    fc.string({ maxLength: 70 }).filter((text) => text.isWellFormed()),
    fc.maxSafeInteger(),
  )
  const edit = fc.record({ at: fc.nat(pieces.length - 1), other, how: fc.constantFrom('put', 'put', 'drop', 'add') })
  return fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => {
    const result = structuredClone(whole)
    for (const { at, other: put, how } of edits) change(result, at, structuredClone(put), how)
    return result
  })
}

const partsOf = (value: Json): Json[] =>
  value === null || typeof value !== 'object' ? [value] : [value, ...Object.values(value).flatMap(partsOf)]

/** Changes one member of the part at this place (of its first member, where that part is a leaf: of the whole). */
const change = (whole: Json, at: number, put: Json, how: string): void => {
  const parts = partsOf(whole).filter((part) => part !== null && typeof part === 'object')
  const part = parts[at % parts.length]
  if (part === undefined || part === null || typeof part !== 'object') return
  const keys = Object.keys(part)
  const key = keys[at % Math.max(keys.length, 1)]
  if (Array.isArray(part)) {
    if (how === 'drop') part.splice(at % Math.max(part.length, 1), 1)
    else if (how === 'add') part.push(put)
    else if (part.length > 0) part[at % part.length] = put
  } else if (how === 'add') part[typeof put === 'string' && put !== '__proto__' ? put : 'more'] = put
  else if (key !== undefined && how === 'drop') delete part[key]
  else if (key !== undefined) part[key] = put
}
