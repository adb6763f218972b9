// SPDX-License-Identifier: Apache-2.0
import { create } from 'zustand'
import { toAirlockError, type AirlockError } from '../../../shared/errors.ts'
import { call } from '../../state/connection.ts'
import { jobFault, useJobs, watchJob, type Job } from '../../state/jobs.ts'
import { useStation, type BundleDetails, type Device } from '../../state/station.ts'
import { proposed, tileOf, type Tile } from './plan.ts'

/** A person has read it on the device. */
export type Label = { readonly model: string; readonly serial: string; readonly hardware?: string }

/** What somebody has chosen on this bench. `run`: port → job of the run whose result stands until a new one. */
type Bench = {
  readonly chosen: string | undefined
  readonly leftOut: Readonly<Record<string, boolean>>
  readonly run: Readonly<Record<string, string>>
  readonly refused: Readonly<Record<string, AirlockError>>
  readonly placed: Readonly<Record<string, Device>>
  readonly details: Readonly<Record<string, BundleDetails>>
  readonly view: 'tiles' | 'compact'
}

export const useBench = create<Bench>(() => ({
  chosen: undefined,
  leftOut: {},
  run: {},
  refused: {},
  placed: {},
  details: {},
  view: 'tiles',
}))

/** Which devices were last proven at these places. */
const keepPlaces = async (): Promise<void> => {
  const { ports } = await call('ports.devices', {})
  useBench.setState({ placed: Object.fromEntries(ports.map(({ id, device }) => [id, device])) })
}

const keepDetails = async (): Promise<void> => {
  const { details } = useBench.getState()
  for (const { id } of useStation.getState().bundles ?? [])
    if (details[id] === undefined) {
      const found = await call('bundles.details', { id })
      useBench.setState((state) => ({ details: { ...state.details, [id]: found } }))
    }
}

/** Follows the station for as long as the bench is open. Returns what stops it. */
export const followBench = (): (() => void) => {
  const look = (): void => {
    // Without a line or a session there is nothing to follow; the page says so elsewhere.
    void Promise.all([keepPlaces(), keepDetails()]).catch(() => undefined)
  }
  look()
  return useStation.subscribe((now, before) => {
    if (now.ports !== before.ports || now.devices !== before.devices || now.bundles !== before.bundles) look()
  })
}

/** The bundle of the plan: the chosen one, else the proposed one. */
export const usePlanBundle = (): BundleDetails | undefined => {
  const bundles = useStation((state) => state.bundles) ?? []
  const chosen = useBench((state) => state.chosen)
  const details = useBench((state) => state.details)
  const id = bundles.find((one) => one.id === chosen)?.id ?? proposed(bundles)?.id
  return id === undefined ? undefined : details[id]
}

const jobAt = (port: string, run: Bench['run'], jobs: Readonly<Record<string, Job>>): Job | undefined => {
  const own = run[port]
  if (own !== undefined) return jobs[own]
  return Object.values(jobs).find(
    ({ kind, subject, state }) => kind === 'flashing' && subject === port && state === 'running',
  )
}

/** Every place that this bench has had a port at, in the order of their numbers. */
export const useTiles = (): readonly (Tile & { readonly number: number })[] => {
  const { leftOut, run, refused, placed } = useBench()
  const ports = useStation((state) => state.ports) ?? []
  const absent = useStation((state) => state.absent) ?? []
  const jobs = useJobs((state) => state.jobs)
  const bundle = usePlanBundle()
  const places = [
    ...ports.map((present) => ({ ...present, present })),
    ...absent.map((one) => ({ ...one, present: undefined })),
  ]
  return places
    .toSorted((a, b) => a.number - b.number)
    .map(({ id: port, number, present }) => {
      const job = jobAt(port, run, jobs)
      const fault = refused[port] ?? (job === undefined ? undefined : jobFault(job))
      const place = { port, present, device: placed[port], job, fault, leftOut: leftOut[port] === true }
      return { ...tileOf(place, bundle), number }
    })
    .filter(({ state, port }) => state !== 'free' || placed[port] !== undefined || places.length <= 16)
}

/** Starts writing on these ports: one job each. A port that cannot be started keeps why on its tile. */
export const startRun = async (bundle: string, ports: readonly string[], label?: Label): Promise<void> => {
  for (const port of ports) {
    try {
      const { jobs } = await call('flashing.start', {
        bundle,
        targets: [{ port, ...(label === undefined ? {} : { label }) }],
      })
      const job = jobs[0]
      if (job === undefined) continue
      useBench.setState((state) => ({
        run: { ...state.run, [port]: job.jobId },
        refused: Object.fromEntries(Object.entries(state.refused).filter(([at]) => at !== port)),
      }))
      watchJob(job.jobId)
    } catch (error) {
      useBench.setState((state) => ({ refused: { ...state.refused, [port]: toAirlockError(error) } }))
    }
  }
}

/** Forgets the last run's results: the plan makes itself again. */
export const newRun = (): void => useBench.setState({ run: {}, refused: {}, leftOut: {} })

/** Takes one device out of the last run's results. */
export const setAside = (port: string): void =>
  useBench.setState((state) => ({
    run: Object.fromEntries(Object.entries(state.run).filter(([at]) => at !== port)),
    refused: Object.fromEntries(Object.entries(state.refused).filter(([at]) => at !== port)),
    leftOut: { ...state.leftOut, [port]: true },
  }))

/** Stops what is being written. */
export const stopRun = async (): Promise<void> => {
  const { jobs } = useJobs.getState()
  for (const { id, kind, state } of Object.values(jobs))
    if (kind === 'flashing' && state === 'running') await call('jobs.cancel', { jobId: id })
}

/** Puts a device into the plan or leaves it out. */
export const include = (port: string, on: boolean): void =>
  useBench.setState(({ leftOut }) => ({ leftOut: { ...leftOut, [port]: !on } }))
