// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { exportLog } from '../../station/audit/export.ts'
import { genesisKey } from '../../station/audit/genesis.ts'
import { noteLimit, parseVkey, type NoteKey } from '../../station/audit/note.ts'
import { auditPaths } from '../../station/audit/paths.ts'
import { readHead } from '../../station/audit/tables.ts'
import { exportedKey, verifyExport } from '../../station/audit/verify-export.ts'
import { failed, verifyLog, type Verification } from '../../station/audit/verify.ts'
import { checkKept } from '../../station/audit/walk.ts'
import { factsOf } from '../../station/platform/files.ts'
import { openReader, type ReadHandle } from '../../station/store/open.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { unusable } from '../file-trouble.ts'
import { needed, onlyWord, parseWords, readSmall } from '../words.ts'

const readNote = (path: string): Uint8Array => readSmall(path, bytes(noteLimit))

/** A key as a vkey line or as a file with one. */
const keyFrom = (word: string): NoteKey => {
  const key = parseVkey(word) ?? parseVkey(Buffer.from(readNote(word)).toString())
  if (key === undefined) throw new AirlockError('audit.key', { why: 'not a vkey' })
  return key
}

const withDatabase = async <T>(path: string, work: (read: ReadHandle) => Promise<T> | T): Promise<T> => {
  if (factsOf(path)?.kind !== 'file') throw unusable(path, 'nothing is there')
  try {
    const reader = openReader(path)
    try {
      return await work(reader.read)
    } finally {
      reader.close()
    }
  } catch (error) {
    throw databaseFault(path, error)
  }
}

/** What the database engine says of a file, where it is one of these: it cannot be opened, or is something else. */
const databaseFault = (path: string, error: unknown): unknown => {
  const cause = error instanceof AirlockError ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (/^SQLITE_(CANTOPEN|READONLY)/.test(code)) return unusable(path, 'the database cannot be opened', cause)
  if (/^SQLITE_(NOTADB|ERROR)/.test(code)) return unusable(path, 'it is no database of a station', cause)
  return code.startsWith('SQLITE_CORRUPT') ? new AirlockError('audit.unreadable', { file: path }, { cause }) : error
}

type Question = { readonly key: NoteKey | undefined; readonly against: readonly Uint8Array[] }

const verifyDatabase = (path: string, head: string | undefined, { key, against }: Question): Promise<Verification> =>
  withDatabase(path, async (read) => {
    const trusted = key ?? genesisKey(read)
    const result = await verifyLog(read, { key: trusted, against })
    const stored = readHead(read)
    if (!result.verified || head === undefined || stored === undefined) return result
    const kept = factsOf(head) === undefined ? undefined : readNote(head)
    const fault = checkKept(read, trusted, stored, kept)
    return fault === undefined ? result : failed(fault, result.size, result.root)
  })

const verifyAny = async (path: string, question: Question): Promise<Verification> => {
  const kind = factsOf(path)?.kind
  if (kind === 'file') return verifyDatabase(path, undefined, question)
  if (kind !== 'folder') throw unusable(path, 'nothing is there')
  const station = auditPaths(path)
  if (factsOf(station.database) !== undefined) return verifyDatabase(station.database, station.headFile, question)
  const exported = ['checkpoint', 'entries.jsonl'].some((name) => factsOf(join(path, name)) !== undefined)
  if (!exported) throw unusable(path, 'it holds no log of a station, and no exported one')
  return verifyExport(path, question.key ?? exportedKey(path), question.against)
}

const say = (result: Verification): string => {
  if (result.verified) return `verified: ${result.size} entries, root ${result.root}\n`
  const place = result.firstBad === undefined ? '' : ` from entry ${result.firstBad} on`
  return `NOT VERIFIED: ${result.code}${place}: ${result.why}\n`
}

const verify: Command = {
  name: 'audit verify',
  summary: 'verify the log of a station or an exported one',
  usage: `airlock audit verify DATA-FOLDER|DATABASE|EXPORTED-FOLDER [--vkey KEY|FILE] [--checkpoint FILE]… [--json]
  --vkey        the log's key from paper or enrolment; without it the key that the log names itself
  --checkpoint  a head that was kept elsewhere; the log must have grown out of it`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        vkey: { type: 'string' },
        checkpoint: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
    })
    const path = onlyWord(positionals)
    const key = values.vkey === undefined ? undefined : keyFrom(values.vkey)
    const result = await verifyAny(path, { key, against: (values.checkpoint ?? []).map(readNote) })
    io.out(values.json === true ? `${JSON.stringify(result)}\n` : say(result))
    return result.verified ? 0 : 1
  },
}

const seqFrom = (word: string): number => {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(word)) throw new AirlockError('usage', { prove: word })
  return Number(word)
}

const exportCommand: Command = {
  name: 'audit export',
  summary: 'write the log of a station into a folder for other tools',
  usage: `airlock audit export --data FOLDER --out NEW-FOLDER [--prove SEQ]… [--json]
  --prove  also write a proof of this entry alone`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values } = parseWords({
      args: words,
      options: {
        data: { type: 'string' },
        out: { type: 'string' },
        prove: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
    })
    const out = needed(values.out, 'out')
    const seqs = (values.prove ?? []).map(seqFrom)
    const { database, headFile } = auditPaths(needed(values.data, 'data'))
    const result = await withDatabase(database, (read) => exportLog(read, genesisKey(read), out, seqs))
    const verified = await verifyDatabase(database, headFile, { key: undefined, against: [] })
    if (!verified.verified) io.err(`warning: what was exported does not verify\n${say(verified)}`)
    const shown = { ...result, folder: out }
    io.out(
      values.json === true ? `${JSON.stringify(shown)}\n` : `${result.size} entries in ${join(out, 'entries.jsonl')}\n`,
    )
    return 0
  },
}

/** Verifying and exporting the tamper-evident log. */
export const auditCommands: readonly Command[] = [verify, exportCommand]
