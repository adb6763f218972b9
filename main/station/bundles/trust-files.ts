// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import type { Verdict } from '../../../shared/verdict.ts'
import { onMedium } from '../media/medium-code.ts'
import { closeAfter, volumeFiles, type VolumeFiles } from '../platform/volume-io.ts'
import { maxPolicySteps } from '../trust/policy-step.ts'
import type { AcceptedDocument } from '../trust/policy-store.ts'
import { nothingRead, type OpenFile, type ReadDigest } from './envelope/tape.ts'
import type { Opened } from './open-envelope.ts'
import { openOnDrive } from './open-file.ts'
import { newestSigning, peekTrust, verifyPolicy, verifyRecall, type TrustContext } from './verify-trust.ts'

/** What a trust file says it is. */
export type TrustKind = 'policy' | 'recall'

/** One file as it was judged. `accepted` is what is to be put in force; absent for what is in force already. */
export type JudgedTrustFile = {
  readonly path: string
  readonly kind: TrustKind
  readonly verdict: Verdict
  /** What was read, for the audit entry of a refusal. */
  readonly read: ReadDigest
  readonly accepted?: AcceptedDocument
}

/** What a set of trust files comes to: those that were judged, in order, and what is in force behind the good ones. */
export type TrustChain = {
  /** That of the first file that was refused, if any was. */
  readonly verdict: Verdict
  readonly files: readonly JudgedTrustFile[]
  readonly context: TrustContext
}

type Found = { readonly path: string; readonly kind: TrustKind; readonly version: number }

/**
 * Judges trust files together, whatever their names: policy steps by their versions, each under the one before it, then
 * recall lists under the policy reached. The first bad step stops the steps; what came before it stays good, but for what
 * has expired itself. A bad recall list stops nothing: whoever adds one to a stick must not keep the good one out. Files
 * from before what is in force are left out where newer ones lie beside them: a stick serves sites that are at different
 * versions. So are certificates.
 * Refused besides: `limit.policy-steps` (nothing is applied), `policy.absent` (a recall list, and no policy).
 * Errors: `medium.gone`, `medium.io`, `medium.silent`.
 */
export const judgeTrustFiles = async (
  paths: readonly string[],
  start: TrustContext,
  kinds: readonly TrustKind[] = ['policy', 'recall'],
  files: VolumeFiles = volumeFiles(),
): Promise<TrustChain> => {
  const found: Found[] = []
  for (const path of paths) {
    const file = await peekFile(path, files)
    if (file !== undefined) found.push(file)
    // Ports are being served by the same thread.
    await setImmediate()
  }
  const ofKind = (kind: TrustKind, known = 0) => (kinds.includes(kind) ? notBefore(known, found, kind) : [])
  const steps = ofKind('policy', start.policy?.policy.version)
  const lists = ofKind('recall', start.recall?.list.version)
  if (steps.length > maxPolicySteps) return { verdict: refused('limit.policy-steps'), files: [], context: start }
  const judged = await judgeSteps(steps, start, files)
  for (const one of lists) judged.push(await judgeOne(one, judged.at(-1)?.context ?? start, files))
  const done = judged.map(({ file }) => file)
  const context = judged.at(-1)?.context ?? start
  const verdict = (done.find(({ verdict: { code } }) => code !== undefined) ?? done.at(-1))?.verdict
  return { verdict: verdict ?? { verdict: 'accepted', checks: [] }, files: done, context }
}

/** An expired step is good as the way to a good one behind it. Where none follows it is refused, or it would stop a site. */
const judgeSteps = async (
  [one, ...rest]: readonly Found[],
  context: TrustContext,
  files: VolumeFiles,
): Promise<Judged[]> => {
  if (one === undefined) return []
  const judged = await judgeOne(one, context, files)
  const { code } = judged.file.verdict
  if (code === undefined) return [judged, ...(await judgeSteps(rest, judged.context, files))]
  if (code !== 'policy.expired' || rest.length === 0) return [judged]
  const passed = await judgeOne(one, context, files, false)
  const behind = await judgeSteps(rest, passed.context, files)
  return behind.some(({ file }) => file.accepted !== undefined) ? [passed, ...behind] : [judged]
}

/** Files of a kind by their versions, without those from before the known one where there are others. */
const notBefore = (known: number, found: readonly Found[], kind: TrustKind): readonly Found[] => {
  const all = found.filter((file) => file.kind === kind).sort((a, b) => a.version - b.version)
  const current = all.filter(({ version }) => version >= known)
  return current.length > 0 ? current : all
}

const refused = (code: NonNullable<Verdict['code']>): Verdict => ({
  verdict: 'refused',
  code,
  checks: [{ id: 'medium', ok: false, code }],
})

/**
 * Anything that does not say it is a recall list is judged as a policy, which names what is wrong with it. A station's
 * certificate is left out: it is for one station, which installs it, and a stick serves many.
 */
const peekFile = async (path: string, files: VolumeFiles): Promise<Found | undefined> => {
  const { kind, version } = (await peek(path, files)) ?? {}
  if (kind === 'airlock.certificate') return undefined
  return {
    path,
    kind: kind === 'airlock.recall' ? 'recall' : 'policy',
    version: typeof version === 'number' ? version : Number.MAX_SAFE_INTEGER,
  }
}

const peek = async (path: string, files: VolumeFiles): ReturnType<typeof peekTrust> => {
  const file = await openOnDrive(path, files)
  if (!file.ok) return undefined
  return onMedium(() => closeAfter(file.value, peekTrust))
}

type Judged = { readonly file: JudgedTrustFile; readonly context: TrustContext }

const judgeOne = async (
  { path, kind }: Found,
  context: TrustContext,
  files: VolumeFiles,
  isLast = true,
): Promise<Judged> => {
  await setImmediate()
  const refuse = (code: NonNullable<Verdict['code']>): Judged => ({
    file: { path, kind, read: nothingRead, verdict: refused(code) },
    context,
  })
  const { policy } = context
  if (kind === 'recall' && policy === undefined) return refuse('policy.absent')
  const opened = await openOnDrive(path, files)
  if (!opened.ok) return refuse(opened.code)
  return closeAfter(opened.value, (file) =>
    kind === 'recall' && policy !== undefined
      ? judgeRecall(path, file, { ...context, policy })
      : judgePolicy(path, file, context, isLast),
  )
}

const judgePolicy = async (path: string, file: OpenFile, context: TrustContext, isLast: boolean): Promise<Judged> => {
  const { verdict, read, opened } = await verifyPolicy(file, context, isLast)
  const judged = { path, kind: 'policy', verdict, read } as const
  if (verdict.verdict === 'refused' || opened === undefined || opened.digest === context.policy?.digest) {
    return { file: judged, context }
  }
  const policy = { policy: opened.manifest, digest: opened.digest }
  return { file: { ...judged, accepted: acceptedOf(opened) }, context: { ...context, policy } }
}

const judgeRecall = async (
  path: string,
  file: OpenFile,
  context: Parameters<typeof verifyRecall>[1],
): Promise<Judged> => {
  const { verdict, read, opened } = await verifyRecall(file, context)
  const judged = { path, kind: 'recall', verdict, read } as const
  if (verdict.verdict === 'refused' || opened === undefined || opened.digest === context.recall?.digest) {
    return { file: judged, context }
  }
  const recall = { list: opened.manifest, digest: opened.digest }
  return { file: { ...judged, accepted: acceptedOf(opened) }, context: { ...context, recall } }
}

const acceptedOf = ({ manifest, head, signatures }: Opened<{ readonly issuedAt: string }>): AcceptedDocument => ({
  manifest: head.manifest,
  signedAt: newestSigning(signatures, manifest.issuedAt),
})
