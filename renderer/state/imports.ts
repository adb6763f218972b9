// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import { checkResult, importResult } from '../../shared/contract/values.ts'
import { call } from './connection.ts'
import { jobEnd, jobFault, useJobs, watchJob, type Job } from './jobs.ts'
import type { AirlockError } from '../../shared/errors.ts'
import type { Drive } from './station.ts'

export type ImportResult = z.infer<typeof importResult>
export type CheckResult = z.infer<typeof checkResult>
export type BundleFile = Drive['files'][number]

/** Imports of this page by drive and file name, and checks by what the file was: which job does it. */
export const useImports = create<{
  readonly jobs: Readonly<Record<string, string>>
  readonly checks: Readonly<Record<string, string>>
}>(() => ({ jobs: {}, checks: {} }))

const keyOf = (driveId: string, name: string): string => `${driveId}/${name}`
/** Another file of the same name is looked at anew. */
const checkKey = (driveId: string, { name, size, modified }: BundleFile): string =>
  `${driveId}/${name}/${size}/${modified}`

/** The bundles that may be taken from a drive: none of one that the site refuses. */
export const bundlesOn = ({ files, admitted }: Drive): readonly BundleFile[] =>
  admitted ? files.filter(({ kind }) => kind === 'bundle') : []

/** Starts an import; the station checks everything before it keeps anything. */
export const startImport = async (driveId: string, name: string): Promise<void> => {
  const { jobId } = await call('bundles.import', { driveId, name })
  useImports.setState(({ jobs }) => ({ jobs: { ...jobs, [keyOf(driveId, name)]: jobId } }))
  watchJob(jobId)
}

/** Has the bundles of a drive judged where they lie, one after the other; each only once while it is the same file. */
export const checkBundles = async (drive: Drive): Promise<void> => {
  for (const file of bundlesOn(drive)) {
    const key = checkKey(drive.id, file)
    const { jobs, checks } = useImports.getState()
    if (checks[key] !== undefined || jobs[keyOf(drive.id, file.name)] !== undefined) continue
    const { jobId } = await call('bundles.check', { driveId: drive.id, name: file.name })
    useImports.setState((state) => ({ checks: { ...state.checks, [key]: jobId } }))
    // What went wrong with one file stands at its line.
    await jobEnd(jobId).catch(() => undefined)
  }
}

/** The copying of bundles that ended with the drive being pulled: it starts over when the drive is there again. */
export const goOnImporting = async (drive: Drive): Promise<void> => {
  const { jobs } = useImports.getState()
  for (const { name } of bundlesOn(drive)) {
    const job = useJobs.getState().jobs[jobs[keyOf(drive.id, name)] ?? '']
    const code = job === undefined ? undefined : jobFault(job)?.code
    if (code === 'medium.io' || code === 'medium.gone' || code === 'medium.silent') await startImport(drive.id, name)
  }
}

/** Forgets what was found on a drive that comes again: it may have been written since. What was cut off is kept. */
export const forgetDrive = (driveId: string): void => {
  const ofOthers = ([key]: [string, string]): boolean => !key.startsWith(`${driveId}/`)
  const known = useJobs.getState().jobs
  useImports.setState(({ jobs, checks }) => ({
    jobs: Object.fromEntries(
      Object.entries(jobs).filter((entry) => ofOthers(entry) || known[entry[1]]?.state !== 'done'),
    ),
    checks: Object.fromEntries(Object.entries(checks).filter(ofOthers)),
  }))
}

/** What is said of a bundle that was refused, when it was checked or imported. */
export type RefusedResult = Pick<ImportResult, 'verdict' | 'entry'>

/** How a bundle on a drive stands. */
export type ImportState =
  | { readonly kind: 'new' }
  | { readonly kind: 'checking' | 'running'; readonly part: number }
  | { readonly kind: 'verified' | 'present'; readonly check: CheckResult }
  | { readonly kind: 'accepted'; readonly result: ImportResult }
  | { readonly kind: 'refused'; readonly result: RefusedResult }
  | { readonly kind: 'failed'; readonly fault: AirlockError }

const partOf = ({ progress }: Job): number =>
  progress?.total === undefined ? 0 : (progress.done ?? 0) / Math.max(1, progress.total)

/** What a job of an import says; a file without a job was not looked at yet. */
export const importState = (job: Job | undefined): ImportState => {
  if (job === undefined) return { kind: 'new' }
  if (job.state === 'running') return { kind: 'running', part: partOf(job) }
  const fault = jobFault(job)
  if (fault !== undefined) return { kind: 'failed', fault }
  const result = importResult.parse(job.result)
  return { kind: result.verdict.verdict, result }
}

/** What the check of a bundle says, before anything is imported. */
export const checkState = (job: Job | undefined): ImportState => {
  if (job === undefined) return { kind: 'new' }
  if (job.state === 'running') return { kind: 'checking', part: partOf(job) }
  const fault = jobFault(job)
  if (fault !== undefined) return { kind: 'failed', fault }
  const check = checkResult.parse(job.result)
  const { verdict, entry } = check
  if (verdict.verdict === 'refused') return { kind: 'refused', result: { verdict, entry: entry ?? 0 } }
  return { kind: check.alreadyPresent ? 'present' : 'verified', check }
}

type Known = { readonly imports: ReturnType<typeof useImports.getState>; readonly jobs: Readonly<Record<string, Job>> }

const stateOf = ({ imports, jobs }: Known, driveId: string, file: BundleFile): ImportState => {
  const importing = imports.jobs[keyOf(driveId, file.name)]
  const checking = imports.checks[checkKey(driveId, file)]
  if (importing !== undefined) {
    const job = jobs[importing]
    return job === undefined ? { kind: 'running', part: 0 } : importState(job)
  }
  const job = checking === undefined ? undefined : jobs[checking]
  return checking !== undefined && job === undefined ? { kind: 'checking', part: 0 } : checkState(job)
}

/** What an import of everything takes: bundles that were found good, or that nobody has looked at. */
export const useToImport = (drives: readonly Drive[]): readonly { driveId: string; name: string }[] => {
  const imports = useImports()
  const jobs = useJobs((state) => state.jobs)
  return drives.flatMap((drive) =>
    bundlesOn(drive)
      .filter((file) => ['new', 'verified'].includes(stateOf({ imports, jobs }, drive.id, file).kind))
      .map(({ name }) => ({ driveId: drive.id, name })),
  )
}

/** A bundle on a drive, and how it stands. */
export type BundleOnDrive = { readonly file: BundleFile; readonly state: ImportState }

/** Whether all that is good on a drive was imported here, and nothing uses it any more: it may go. */
export const isDoneWith = ({ state: drive }: Drive, bundles: readonly BundleOnDrive[]): boolean => {
  const kinds = bundles.map(({ state }) => state.kind)
  const open = kinds.some(
    (kind) => kind === 'running' || kind === 'verified' || kind === 'checking' || kind === 'failed',
  )
  return kinds.includes('accepted') && !open && drive !== 'in-use'
}

/** How each bundle of a drive stands, in the order of the drive. */
export const useBundleStates = (drive: Drive | undefined): readonly BundleOnDrive[] => {
  const imports = useImports()
  const jobs = useJobs((state) => state.jobs)
  if (drive === undefined) return []
  return bundlesOn(drive).map((file) => ({ file, state: stateOf({ imports, jobs }, drive.id, file) }))
}
