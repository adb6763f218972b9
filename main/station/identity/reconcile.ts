// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { parseLeaf, type Leaf } from '../audit/leaf.ts'
import { countLeaves, readHead, readLeaves, type HeadRow } from '../audit/tables.ts'
import { checkFrom, type LogFault } from '../audit/walk.ts'
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
const digestSchema = z.object({ people: z.string() })

/** What the comparison came to; a fault is one of the log, which then decides nothing any more. */
export type Reconciled = {
  readonly people: Map<string, Person>
  readonly mismatches: readonly Mismatch[]
  readonly fault?: LogFault
  /** Entries since the newest one that has the digest: what the next start would have to read again. */
  readonly read: number
}

const chunk = 1000
const mark = '"action":"person.'

const personLeaf = (leaf: Uint8Array): Leaf | undefined => {
  // The mark may also stand inside some other entry's values: only the parsed action decides.
  if (!Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).includes(mark)) return undefined
  const parsed = parseLeaf(leaf)
  return parsed.action.startsWith('person.') ? parsed : undefined
}

/** The entries about people, the newest first. */
function* personLeaves(read: ReadHandle): Generator<Leaf> {
  for (let to = countLeaves(read); to > 0; to -= chunk) {
    for (const { leaf } of readLeaves(read, Math.max(0, to - chunk), to).reverse()) {
      const found = personLeaf(leaf)
      if (found !== undefined) yield found
    }
  }
}

const newestPersonLeaf = (read: ReadHandle): Leaf | undefined => {
  for (const leaf of personLeaves(read)) return leaf
  return undefined
}

/** What the log says of everybody: the newest entry about each. */
const replay = (read: ReadHandle): Map<string, After> => {
  const state = new Map<string, After>()
  for (const { object, after } of personLeaves(read)) {
    if (object.type === 'person' && !state.has(object.id)) state.set(object.id, afterSchema.parse(after))
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

const compare = (read: ReadHandle, stored: Map<string, Person>): Pick<Reconciled, 'people' | 'mismatches'> => {
  const said = replay(read)
  const people = new Map(Array.from(said, ([id, after]) => [id, restore(id, after, stored.get(id))]))
  for (const [id, found] of stored) {
    if (!said.has(id)) people.set(id, { ...found, roles: [], active: false, credential: undefined })
  }
  const mismatches = Array.from(people.values(), (person) => ({ found: stored.get(person.id), person }))
  return { people, mismatches: mismatches.filter(({ found, person }) => found === undefined || !same(found, person)) }
}

const judge = (read: ReadHandle, head: HeadRow, stored: Map<string, Person>): Reconciled => {
  const newest = newestPersonLeaf(read)
  const from = newest?.seq ?? 0
  const fault = checkFrom(read, from, head)
  if (fault !== undefined) return { people: stored, mismatches: [], fault, read: 0 }
  const good =
    newest === undefined ? stored.size === 0 : digestSchema.parse(newest.after).people === peopleDigest(stored)
  if (good) return { people: stored, mismatches: [], read: head.size - from }
  // Only now everything is read, and so everything has to be hashed: an entry that was taken away would give a right back.
  const deeper = checkFrom(read, 0, head)
  if (deeper !== undefined) return { people: stored, mismatches: [], fault: deeper, read: 0 }
  return { ...compare(read, stored), read: head.size - from }
}

/**
 * Compares the table of people with the log. Where they differ the log is right: a role that no entry granted is not
 * honoured, a hash that no entry binds opens nothing, a person whom no entry made is deactivated without a role. Every
 * entry that this relies on is hashed up to the signed head first.
 */
export const reconcile = (read: ReadHandle): Reconciled => {
  const stored = readPeople(read)
  const head = readHead(read)
  if (head === undefined) return { people: stored, mismatches: [], read: 0 }
  try {
    return judge(read, head, stored)
  } catch (error) {
    if (!(error instanceof AirlockError)) throw error
    return { people: stored, mismatches: [], fault: { code: error.code, why: 'an entry about people' }, read: 0 }
  }
}
