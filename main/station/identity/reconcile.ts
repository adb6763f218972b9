// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { parseLeaf, type Leaf } from '../audit/leaf.ts'
import { countLeaves, readLeaves } from '../audit/tables.ts'
import type { ReadHandle } from '../store/open.ts'
import { credentialDigest, peopleDigest, personValue, readPeople, sortRoles, type Person } from './person.ts'

/** Somebody whose row does not say what the log says: what stands there, and what the log says. */
export type Mismatch = { readonly found: Person | undefined; readonly person: Person }

const afterSchema = z.strictObject({
  login: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  active: z.boolean(),
  credential: z.string().nullable(),
  people: z.string(),
})
type After = z.infer<typeof afterSchema>

const slice = 1000
const mark = '"action":"person.'

const personLeaf = (leaf: Uint8Array): Leaf | undefined => {
  // The mark may also stand inside some other entry's values: only the parsed action decides.
  if (!Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).includes(mark)) return undefined
  const parsed = parseLeaf(leaf)
  return parsed.action.startsWith('person.') && parsed.object.type === 'person' ? parsed : undefined
}

/** The entries about people, the newest first. */
function* personLeaves(read: ReadHandle): Generator<Leaf> {
  for (let to = countLeaves(read); to > 0; to -= slice) {
    for (const { leaf } of readLeaves(read, Math.max(0, to - slice), to).reverse()) {
      const found = personLeaf(leaf)
      if (found !== undefined) yield found
    }
  }
}

const newestDigest = (read: ReadHandle): string | undefined => {
  for (const leaf of personLeaves(read)) return afterSchema.parse(leaf.after).people
  return undefined
}

/** What the log says of everybody: the newest entry about each. */
const replay = (read: ReadHandle): Map<string, After> => {
  const state = new Map<string, After>()
  for (const { object, after } of personLeaves(read)) {
    if (!state.has(object.id)) state.set(object.id, afterSchema.parse(after))
  }
  return state
}

/** The person that the log knows; the row gives the hash if it is the one that the log binds. */
const restore = (id: string, said: After, found: Person | undefined): Person => ({
  id,
  login: said.login,
  name: said.name,
  roles: sortRoles(said.roles),
  active: said.active,
  credential: credentialDigest(found?.credential) === said.credential ? found?.credential : undefined,
})

const same = (a: Person, b: Person): boolean => JSON.stringify(personValue(a)) === JSON.stringify(personValue(b))

/**
 * Compares the table of people with the log. Where they differ the log is right: a role that no entry granted is not
 * honoured, a hash that no entry binds opens nothing, a person whom no entry made is deactivated without a role.
 */
export const reconcile = (read: ReadHandle): { people: Map<string, Person>; mismatches: Mismatch[] } => {
  const stored = readPeople(read)
  const digest = newestDigest(read)
  if (digest === undefined ? stored.size === 0 : digest === peopleDigest(stored)) {
    return { people: stored, mismatches: [] }
  }
  const said = replay(read)
  const people = new Map([...said].map(([id, after]) => [id, restore(id, after, stored.get(id))]))
  for (const [id, found] of stored) {
    if (!said.has(id)) people.set(id, { ...found, roles: [], active: false, credential: undefined })
  }
  const mismatches = [...people.values()]
    .map((person) => ({ found: stored.get(person.id), person }))
    .filter(({ found, person }) => found === undefined || !same(found, person))
  return { people, mismatches }
}
