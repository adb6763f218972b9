// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import type { Contract } from '../../shared/contract/contract.ts'
import type { drive } from '../../shared/contract/media-calls.ts'
import type { override } from '../../shared/contract/override-calls.ts'
import type { withdrawal } from '../../shared/contract/withdrawal-calls.ts'
import type { bundle, device, exportRequest } from '../../shared/contract/values.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'
import { call, useConnection } from './connection.ts'
import { followStream } from './follow.ts'
import { takeRun } from './run.ts'
import { useSession } from './session.ts'

export type Status = Result<Contract, 'station.status'>
export type Drive = z.infer<typeof drive>
export type Bundle = z.infer<typeof bundle>
export type Withdrawn = Result<Contract, 'bundles.list'>['withdrawn'][number]
/** A bundle that two people at this site have withdrawn, and the story of it. */
export type WithdrawnHere = Result<Contract, 'bundles.list'>['withdrawnHere'][number]
export type Withdrawal = z.infer<typeof withdrawal>
export type WaitingPolicy = NonNullable<Result<Contract, 'trust.waiting'>['waiting']>
export type BundleDetails = Result<Contract, 'bundles.details'>
export type Device = z.infer<typeof device>
export type StationPort = Result<Contract, 'ports.list'>['ports'][number]
/** A place whose number is kept while nothing is plugged in there. */
export type AbsentPort = Result<Contract, 'ports.list'>['absent'][number]
export type Override = z.infer<typeof override>
export type ExportRequest = z.infer<typeof exportRequest>

/** What the page knows of the station; `undefined` until it was asked. */
type Station = {
  readonly status: Status | undefined
  readonly drives: readonly Drive[] | undefined
  readonly ports: readonly StationPort[] | undefined
  readonly absent: readonly AbsentPort[] | undefined
  readonly devices: readonly Device[] | undefined
  readonly bundles: readonly Bundle[] | undefined
  /** Bundles that must not be used any more, and why. */
  readonly withdrawn: readonly Withdrawn[]
  readonly withdrawnHere: readonly WithdrawnHere[]
  readonly requests: readonly ExportRequest[] | undefined
  readonly overrides: readonly Override[] | undefined
  readonly withdrawals: readonly Withdrawal[] | undefined
  readonly waitingPolicy: WaitingPolicy | null | undefined
}

export const useStation = create<Station>(() => ({
  status: undefined,
  drives: undefined,
  ports: undefined,
  absent: undefined,
  devices: undefined,
  bundles: undefined,
  withdrawn: [],
  withdrawnHere: [],
  requests: undefined,
  overrides: undefined,
  withdrawals: undefined,
  waitingPolicy: undefined,
}))

/** Keeps what is the same, so that nothing is drawn again for it. */
const put = <K extends keyof Station>(key: K, value: Station[K]): void => {
  if (JSON.stringify(useStation.getState()[key]) !== JSON.stringify(value))
    useStation.setState((state) => ({ ...state, [key]: value }))
}

/** The map of the bench: what is plugged in, and where else something was. */
export const putPorts = ({ ports, absent }: Result<Contract, 'ports.list'>): void => {
  put('absent', absent)
  put('ports', ports)
}

/** Each asks the station once. What cannot be asked now keeps its last answer. */
export const refresh = {
  status: async () => put('status', await call('station.status', {})),
  drives: async () => put('drives', (await call('media.list', {})).drives),
  ports: async () => putPorts(await call('ports.list', {})),
  devices: async () => put('devices', (await call('devices.list', {})).devices),
  bundles: async () => {
    const { bundles, withdrawn, withdrawnHere } = await call('bundles.list', {})
    put('bundles', bundles)
    put('withdrawn', withdrawn)
    put('withdrawnHere', withdrawnHere)
  },
  overrides: async () => put('overrides', (await call('override.list', {})).overrides),
  withdrawals: async () => put('withdrawals', (await call('withdrawal.list', {})).withdrawals),
  waitingPolicy: async () => put('waitingPolicy', (await call('trust.waiting', {})).waiting),
  requests: async () => put('requests', (await call('exports.list', {})).requests),
} as const

/** How often each is asked again, ms: what a hand changes within two seconds, the rest at leisure. */
const signedInEvery = {
  devices: 3000,
  bundles: 6000,
  requests: 6000,
  overrides: 6000,
  withdrawals: 6000,
  waitingPolicy: 6000,
} as const

const settle = async (name: keyof typeof refresh): Promise<void> => {
  try {
    await refresh[name]()
  } catch {
    // The line or the session is gone: sign-in and the notice of the lost station say so.
  }
}

/** Asks again at its pace for as long as the page is there. Returns what stops it. */
export const startPolling = (): (() => void) => {
  const tick = (name: keyof typeof refresh, every: number, when: () => boolean): (() => void) => {
    const timer = setInterval(() => void (when() ? settle(name) : undefined), every)
    return () => clearInterval(timer)
  }
  const connected = (): boolean => useConnection.getState().client !== undefined
  const present = (): boolean => {
    const { person, locked } = useSession.getState()
    return connected() && person !== undefined && !locked
  }
  const stops = [
    tick('status', 5000, connected),
    followStream('media.watch', {}, present, ({ drives }) => put('drives', drives)),
    // Also where the map is the same: something was plugged in anew, and who is there is asked again.
    followStream('ports.watch', {}, present, ({ ports, absent }) => useStation.setState({ ports, absent })),
    followStream('run.watch', {}, present, takeRun),
    tick('devices', signedInEvery.devices, present),
    tick('bundles', signedInEvery.bundles, present),
    tick('requests', signedInEvery.requests, present),
    tick('overrides', signedInEvery.overrides, present),
    tick('withdrawals', signedInEvery.withdrawals, present),
    tick('waitingPolicy', signedInEvery.waitingPolicy, present),
    useConnection.subscribe((now, before) => void (now.client !== before.client ? settle('status') : undefined)),
    useSession.subscribe(() => void (present() ? refreshAll() : undefined)),
  ]
  if (connected()) void settle('status')
  return () => stops.forEach((stop) => stop())
}

/** Asks for everything now: after signing in, after work that changed much. */
export const refreshAll = async (): Promise<void> => {
  await Promise.all(
    (
      [
        'status',
        'drives',
        'ports',
        'devices',
        'bundles',
        'requests',
        'overrides',
        'withdrawals',
        'waitingPolicy',
      ] as const
    ).map(settle),
  )
}
