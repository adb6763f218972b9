// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { toAirlockError, type AirlockError } from '../../../shared/errors.ts'
import { useWithdrawn } from '../../components/seal.tsx'
import { call } from '../../state/connection.ts'
import { useRun } from '../../state/run.ts'
import { refresh, useStation, type BundleDetails, type Device } from '../../state/station.ts'
import { proposed, tileOf, type Tile } from './plan.ts'

/** A person has read it on the device. */
export type Label = { readonly model: string; readonly serial: string; readonly hardware?: string }

/** A tile and the number of its port. */
export type Numbered = Tile & { readonly number: number }

const chosenSchema = z.object({
  chosen: z.string().optional(),
  leftOut: z.record(z.string(), z.boolean()).default({}),
  view: z.enum(['tiles', 'compact']).default('tiles'),
})

/** What somebody has chosen on this bench, what the station did not do, and what it knows of devices and bundles. */
type Bench = z.infer<typeof chosenSchema> & {
  readonly fault: AirlockError | undefined
  readonly placed: Readonly<Record<string, Device>>
  readonly details: Readonly<Record<string, BundleDetails>>
}

const key = 'airlock.bench'

/** Choices before a run outlive a reload of the page; the run itself is the station's. */
const load = (): z.infer<typeof chosenSchema> => {
  try {
    return chosenSchema.parse(JSON.parse(sessionStorage.getItem(key) ?? '{}'))
  } catch {
    // Whatever else lies there: nothing was chosen.
    return chosenSchema.parse({})
  }
}

export const useBench = create<Bench>(() => ({ ...load(), fault: undefined, placed: {}, details: {} }))
useBench.subscribe(({ chosen, leftOut, view }) =>
  sessionStorage.setItem(key, JSON.stringify({ chosen, leftOut, view })),
)

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
  const stops = [
    useStation.subscribe((now, before) => {
      if (now.ports !== before.ports || now.devices !== before.devices || now.bundles !== before.bundles) look()
    }),
    // A device that is done may have another version now: its place is asked again.
    useRun.subscribe((now, before) => {
      const ended = Object.values(now.targets).some(
        ({ port, endedAt }) => endedAt !== null && before.targets[port]?.endedAt !== endedAt,
      )
      if (ended) void Promise.all([refresh.devices(), keepPlaces()]).catch(() => undefined)
    }),
  ]
  return () => stops.forEach((stop) => stop())
}

/** The bundle of the plan: the run's while there is one, else the chosen one, else the proposed one. */
export const usePlanBundle = (): BundleDetails | undefined => {
  const bundles = useStation((state) => state.bundles) ?? []
  const listed = useStation((state) => state.withdrawn)
  const here = useStation((state) => state.withdrawnHere)
  const ofRun = useRun(({ run }) => run?.bundle)
  const chosen = useBench((state) => state.chosen)
  const details = useBench((state) => state.details)
  const wanted = ofRun ?? chosen
  const usable = bundles.filter(({ id }) => [...listed, ...here].every(({ bundle }) => bundle !== id))
  const id = bundles.find((one) => one.id === wanted)?.id ?? (proposed(usable) ?? proposed(bundles))?.id
  return id === undefined ? undefined : details[id]
}

/** What a person can tell apart: percent and seconds. */
const seen = ({ part, left, ...rest }: Numbered): string =>
  JSON.stringify([
    rest,
    part === undefined ? null : [Math.floor(part * 100), Math.round(part * 100)],
    left === undefined ? null : Math.ceil(left / 1000),
  ])

/** Tiles that say the same as before are the same objects: nothing is drawn again for them. */
const createKeeper = () => {
  let last = new Map<string, { readonly text: string; readonly tile: Numbered }>()
  return (tiles: readonly Numbered[]): readonly Numbered[] => {
    const kept = tiles.map((tile) => {
      const text = seen(tile)
      const known = last.get(tile.port)
      return known?.text === text ? known : { text, tile }
    })
    last = new Map(kept.map((one) => [one.tile.port, one]))
    return kept.map(({ tile }) => tile)
  }
}

/** Every place that this bench has had a port at, in the order of their numbers; only who may update leaves devices out. */
export const useTiles = (mayUpdate: boolean): readonly Numbered[] => {
  const leftOut = useBench((state) => state.leftOut)
  const placed = useBench((state) => state.placed)
  const ports = useStation((state) => state.ports)
  const absent = useStation((state) => state.absent)
  const targets = useRun((state) => state.targets)
  const bundle = usePlanBundle()
  const withdrawn = useWithdrawn(bundle?.bundle.id)
  const keep = useMemo(createKeeper, [])
  return useMemo(() => {
    const places = [
      ...(ports ?? []).map((present) => ({ ...present, present })),
      ...(absent ?? []).map((one) => ({ ...one, present: undefined })),
    ]
    const tiles = places
      .toSorted((a, b) => a.number - b.number)
      .map(({ id: port, number, present }) => {
        const place = { port, present, device: placed[port], target: targets[port], leftOut: leftOut[port] === true }
        const tile = tileOf(place, bundle, withdrawn)
        return { ...tile, selectable: tile.selectable && mayUpdate, number }
      })
      .filter(({ state, port }) => state !== 'free' || placed[port] !== undefined || places.length <= 16)
    return keep(tiles)
  }, [ports, absent, placed, targets, leftOut, bundle, withdrawn, mayUpdate, keep])
}

/** Asks the station; what it did not do stands in the panel until something else is asked. */
const ask = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
    useBench.setState({ fault: undefined })
  } catch (error) {
    useBench.setState({ fault: toAirlockError(error) })
  }
}

const targetAt = (port: string) => {
  const { run, targets } = useRun.getState()
  return run === null || run === undefined ? undefined : targets[port]
}

/** The device that is named on a port's tile is the one that is meant: another one is not written. */
const shownAt = (port: string) => {
  const device = useBench.getState().placed[port]
  return device === undefined ? {} : { shown: { model: device.model, serial: device.serial } }
}

/** Takes the device that answered instead of the one that was shown into the run, as itself. */
export const addAsItIs = (port: string, shown: { model: string; serial: string }): void =>
  void ask(() => call('run.add', { targets: [{ port, shown }] }))

/** Writes these ports: a new run, more of the one that there is, or one of its devices again. */
export const startRun = (bundle: string, ports: readonly string[], label?: Label): Promise<void> =>
  ask(async () => {
    const targets = ports.map((port) => ({ port, ...shownAt(port), ...(label === undefined ? {} : { label }) }))
    const [first] = targets
    const known = first === undefined ? undefined : targetAt(first.port)
    const open = useRun.getState().run
    if (open === null || open === undefined) await call('run.start', { bundle, targets })
    else if (first !== undefined && (known?.state === 'failed' || known?.state === 'interrupted'))
      await call('run.retry', { port: first.port, ...(label === undefined ? {} : { label }) })
    else await call('run.add', { targets })
  })

/** Ends the run: its results make room, and the plan makes itself again. */
export const newRun = (): Promise<void> =>
  ask(async () => {
    await call('run.end', {})
    useBench.setState({ leftOut: {} })
  })

export const pauseRun = (): Promise<void> => ask(() => call('run.pause', {}))
export const resumeRun = (): Promise<void> => ask(() => call('run.resume', {}))
export const stopRun = (): Promise<void> => ask(() => call('run.stop', {}))

/** Takes one device that needs somebody out of the run. */
export const setAside = (port: string): void => void ask(() => call('run.setAside', { port }))

/** Puts a device into the plan, or into the run's line, or leaves it out. */
export const include = (port: string, on: boolean): void => {
  if (targetAt(port) === undefined) useBench.setState(({ leftOut }) => ({ leftOut: { ...leftOut, [port]: !on } }))
  else void ask(() => call(on ? 'run.bringBack' : 'run.leaveOut', { port }))
}
