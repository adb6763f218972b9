// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Verdict } from '../../../shared/verdict.ts'
import { verifyCms } from '../trust/cms.ts'
import type { SignatureRole } from '../trust/roles.ts'
import type { Fault, SignatureFile } from '../trust/standing.ts'
import { bad, fault, good, type Answer } from './answer.ts'
import { startChecklist, type Checklist, type Question } from './checklist.ts'
import { judgeContents, type ContentOptions, type Listed } from './envelope/contents.ts'
import { readHead, type Head } from './envelope/head.ts'
import { envelopeLimits, startSequence } from './envelope/sequence.ts'
import { startTape, type OpenFile, type ReadDigest, type Tape } from './envelope/tape.ts'

/** What the signatures and the schema have made sure of, before the contents are read. */
export type Opened<T> = {
  readonly manifest: T
  /** Lower-case hex SHA-256 of the manifest's bytes: the identity of the file. */
  readonly digest: string
  readonly head: Head
  /** Every CMS file, verified, in file order. */
  readonly signatures: readonly SignatureFile[]
}

/**
 * How a file of one kind is opened. The order is that of docs/formats/envelope.md, clause 6: size, headers, every
 * signature (1), `judgeSigner` for each in file order (2), manifest (3), `questions` (3 to 6), contents (7),
 * `lastQuestions`.
 */
export type Opening<T> = ContentOptions & {
  /** `kind` of the manifest; another one is `manifest.kind`. */
  readonly kind: string
  readonly schema: z.ZodType<T>
  /** Code for a fault of the schema; `manifest.schema` unless the kind has its own. */
  readonly schemaCode?: ErrorCode
  /** Roles that sign this kind; a signature under another one is `trust.role`. */
  readonly roles: readonly SignatureRole[]
  /** Largest file that is looked at, in bytes. */
  readonly maxBytes: number
  /**
   * Whether the signer may sign under the file's role, by the pins that apply. Absent: that is one of `questions`,
   * since the document itself pins its signers.
   */
  readonly judgeSigner?: (file: SignatureFile) => Fault | undefined
  /** Judges the ML-DSA files. Absent: nobody looks at them. */
  readonly judgePq?: (head: Head) => Fault | undefined
  /** What the schema cannot say of the manifest by itself. */
  readonly judgeManifest?: (manifest: T) => Fault | undefined
  /** Payloads and evidence in file order. */
  readonly contents: (manifest: T) => readonly Listed[]
  readonly questions: (opened: Opened<T>) => readonly Question[]
  /** What can only be asked when every content has been read. */
  readonly lastQuestions?: (opened: Opened<T>) => readonly Question[]
}

/** The answer. `opened` is there from stage 3 on, also when a later question refuses: trust it only when accepted. */
export type Outcome<T> = {
  readonly verdict: Verdict
  readonly read: ReadDigest
  readonly opened?: Opened<T>
  /** What was thrown, when the code is `internal` or `medium.io`; for the log of the machine. */
  readonly cause?: unknown
}

/**
 * Reads an envelope of any kind in one pass and judges it; the caller closes the file. No content byte is read before
 * every question about signatures, manifest and policy is answered; the sink gets bytes whose digest is judged only
 * at their end, so what it made counts only after an accepted verdict. Nothing that is in the file makes it throw:
 * an unexpected exception is a refusal with `internal`. Errors: the signal's own reason (else `call.cancelled`), and
 * AirlockErrors of the sink.
 */
export const openEnvelope = async <T>(file: OpenFile, opening: Opening<T>): Promise<Outcome<T>> => {
  const tape = startTape(file)
  const list = startChecklist()
  let opened: Opened<T> | undefined
  let cause: unknown
  try {
    await judge(tape, opening, list, (facts) => (opened = facts))
  } catch (error) {
    if (opening.signal?.aborted === true) throw whyStopped(opening.signal, error)
    if (error instanceof AirlockError && error.code !== 'medium.io') throw error
    list.passes(error instanceof AirlockError ? 'medium' : 'internal', {
      code: error instanceof AirlockError ? error.code : 'internal',
    })
    cause = error
  }
  return {
    verdict: list.verdict(),
    read: tape.digest(),
    ...(opened === undefined ? {} : { opened }),
    ...(cause === undefined ? {} : { cause }),
  }
}

/** A person has stopped the work, or the drive was pulled, which the signal then says. */
const whyStopped = ({ reason }: AbortSignal, cause: unknown): AirlockError =>
  reason instanceof AirlockError ? reason : new AirlockError('call.cancelled', {}, { cause })

const judge = async <T>(
  tape: Tape,
  opening: Opening<T>,
  list: Checklist,
  tell: (opened: Opened<T>) => void,
): Promise<void> => {
  if (!list.passes('medium', sizeFault(tape.size, opening.maxBytes))) return
  const sequence = startSequence()
  const head = await readHead(tape, sequence)
  if (!list.holds('container', head)) return
  const signatures = readSignatures(head.value)
  if (!list.holds('signatures', signatures)) return
  if (!list.passes('pq-signatures', opening.judgePq?.(head.value))) return
  const { judgeSigner } = opening
  if (judgeSigner && !list.passes('signers', firstFault(signatures.value, judgeSigner))) return
  const manifest = readManifest(head.value.manifest, opening)
  if (!list.holds('manifest', manifest)) return
  const listed = opening.contents(manifest.value)
  const { judgeManifest = () => undefined } = opening
  const content =
    firstFault(signatures.value, ({ role, name }) =>
      opening.roles.includes(role) ? undefined : fault('trust.role', name),
    ) ??
    judgeManifest(manifest.value) ??
    entriesFault(head.value, listed)
  if (!list.passes('manifest-rules', content)) return
  const opened = {
    manifest: manifest.value,
    digest: head.value.manifestDigest,
    head: head.value,
    signatures: signatures.value,
  }
  tell(opened)
  if (!asksAll(list, opening.questions(opened))) return
  const contents = await judgeContents(tape, sequence, head.value, listed, opening)
  if (!list.passes('contents', contents)) return
  asksAll(list, opening.lastQuestions?.(opened) ?? [])
}

/** Entries read and entries listed together are no more than an envelope holds. */
const entriesFault = (head: Head, listed: readonly Listed[]): Fault | undefined =>
  1 + head.cms.length + head.pq.length + listed.length > envelopeLimits.entries ? fault('limit.entries') : undefined

const sizeFault = (size: number, maxBytes: number): Fault | undefined => {
  if (size === 0) return fault('container.empty')
  return size > maxBytes ? fault('limit.total-size') : undefined
}

const readSignatures = ({ cms, manifest }: Head): Answer<readonly SignatureFile[]> => {
  const files: SignatureFile[] = []
  for (const { name, role, bytes } of cms) {
    const result = verifyCms(bytes, manifest)
    if (!result.ok) return bad(result.code, name)
    files.push({ name, role, signer: result.signer })
  }
  return good(files)
}

const readManifest = <T>(
  bytes: Uint8Array,
  { kind, schema, schemaCode = 'manifest.schema' }: Opening<T>,
): Answer<T> => {
  const document = parseCanonical(bytes)
  if (!document.ok) return bad(document.code)
  const { value } = document
  const found = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  if (found !== kind) return bad('manifest.kind')
  const parsed = schema.safeParse(value)
  return parsed.success ? good(parsed.data) : bad(schemaCode, parsed.error.issues[0]?.path.join('.'))
}

/** The first fault that a question finds among several things, in their order. */
export const firstFault = <T>(items: readonly T[], judgeOne: (item: T) => Fault | undefined): Fault | undefined => {
  for (const item of items) {
    const found = judgeOne(item)
    if (found !== undefined) return found
  }
  return undefined
}

const asksAll = (list: Checklist, questions: readonly Question[]): boolean =>
  questions.every(({ id, ask }) => list.passes(id, ask()))
