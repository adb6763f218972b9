// SPDX-License-Identifier: Apache-2.0
import { bad, good, fault, type Answer } from '../answer.ts'
import type { Header } from './header.ts'
import { manifestName, readEntryName, type EntryName } from './names.ts'
import type { Fault } from '../../trust/standing.ts'

/** Limits that a header alone can break, in bytes and entries: they bound what is held in memory. */
export const envelopeLimits = {
  manifestBytes: 1_048_576,
  signatureBytes: 65_536,
  cmsFiles: 8,
  entries: 64,
} as const

/** A header whose name, place and size are allowed. */
export type Entry = Header & { readonly is: EntryName }

/** Judges entry after entry in file order; remembers what came before. */
export type Sequence = {
  judge(header: Header): Answer<Entry>
  /** Entries judged good so far. */
  count(): number
}

/** Place of each kind: an entry never stands before one of a lower rank. */
const ranks = { manifest: 0, cms: 1, pq: 2, content: 3 } as const satisfies Record<EntryName['kind'], number>

/**
 * Starts a list of entries: docs/formats/envelope.md, clauses 2.8 to 2.11. `draft`: a bundle in the making, whose
 * signatures may still be missing.
 */
export const startSequence = (draft = false): Sequence => {
  const seen = new Map<string, Entry>()
  let last: Entry | undefined

  const placeFault = (name: string, is: EntryName): Fault | undefined => {
    if (last === undefined) return is.kind === 'manifest' ? undefined : fault('container.order', name)
    if (last.is.kind === 'manifest' && is.kind !== 'cms' && !draft) return fault('sig.missing')
    const step = ranks[is.kind] - ranks[last.is.kind]
    // Signature files are sorted by name. The names are ASCII, so code units compare as bytes do.
    const unsorted = step === 0 && is.kind !== 'content' && name <= last.name
    const alone = is.kind === 'pq' && !seen.has(is.cms)
    return step < 0 || unsorted || alone ? fault('container.order', name) : undefined
  }

  const limitFault = ({ name, size }: Header, is: EntryName): Fault | undefined => {
    if (is.kind === 'manifest') {
      return size > envelopeLimits.manifestBytes ? fault('limit.manifest-size') : undefined
    }
    if (is.kind !== 'content' && size > envelopeLimits.signatureBytes) return fault('limit.signature-size', name)
    const cmsFiles = [...seen.values()].filter((entry) => entry.is.kind === 'cms').length
    const tooMany = is.kind === 'cms' && cmsFiles >= envelopeLimits.cmsFiles
    return tooMany || seen.size >= envelopeLimits.entries ? fault('limit.entries') : undefined
  }

  return {
    judge(header) {
      const key = header.name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
      if (header.name === manifestName && last !== undefined) return bad('container.order', manifestName)
      if (seen.has(key)) return bad('container.duplicate-name', printable(header.name))
      const is = readEntryName(header.name)
      if (is === undefined) return bad('container.name', printable(header.name))
      const found = placeFault(header.name, is) ?? limitFault(header, is)
      if (found !== undefined) return { ok: false, ...found }
      last = { ...header, is }
      seen.set(key, last)
      return good(last)
    },
    count: () => seen.size,
  }
}

/** A foreign name for people: anything but plain ASCII is spelled out, so that it cannot pose as another text. */
const printable = (name: string): string =>
  name.replaceAll(/[^\x20-\x7e]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
