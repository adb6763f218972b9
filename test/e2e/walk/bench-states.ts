// SPDX-License-Identifier: Apache-2.0
/** The bench when the plan is not plain sailing, and what stands on a tile's sheet. */
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerWith, changeOn, refuseWith, tellOn } from '../../shell/overlay.ts'
import { typeAsScanner } from '../scan.ts'
import { runOver, type RunTarget } from './answers.ts'
import type { Ground } from './ground.ts'
import { close, comeBack, enter, type State } from './reach.ts'

type Device = Result<Contract, 'ports.devices'>['ports'][number]['device']
type Status = Result<Contract, 'station.status'>

const device = (n: number, changes: Partial<Device>): Device => ({
  id: `d${n}`,
  serial: `DC-0042-${n}Q`,
  model: 'dosing-controller',
  hardware: 'rev-c',
  version: '1.0.0',
  lastSeen: Date.now(),
  ...changes,
})

/** What the registry knows of the first places, one of each kind. */
const placed = (ports: readonly string[]) =>
  [{}, { version: '2.0.0' }, { model: 'dosing-pump' }, { version: '2.1.0' }].map((changes, n) => ({
    id: ports[n] ?? '',
    device: device(n, changes),
  }))

const tileAt = ({ hands, ports }: Ground, place: number) => hands.page.locator(`.tile[data-port="${ports[place]}"]`)

/** A run in which the device at a place is in a state, and its sheet. */
const sheetOf = (place: number, changes: Partial<RunTarget>) => async (ground: Ground) => {
  await close(ground)
  const told = runOver(ground.ports, ground.bundle, 'running')
  const targets = told.targets.map((target, n) => (n === place ? { ...target, ...changes } : target))
  tellOn(ground.overlay, 'run.watch', { ...told, targets })
  await comeBack(ground, 'technician')
  await tileAt(ground, place).locator('.tile-serial').click()
  await ground.hands.page.locator('.dialog').waitFor()
}

/** Somebody has plugged in another one than was shown. */
const wrongDevice: Partial<RunTarget> = {
  state: 'failed',
  stage: 'identify',
  code: 'flash.wrong-device',
  details: { model: 'dosing-controller', found: 'DC-0042-9B', wanted: 'DC-0042-4Q' },
  endedAt: Date.now(),
}

const unwell = (status: Status): Status => ({
  ...status,
  clock: { ...status.clock, state: 'ahead', by: 50 * 3_600_000 },
  storage: { state: 'full', free: 700_000_000, days: 2 },
  audit: { ...status.audit, code: 'audit.changed', firstBad: 5 },
})

export const benchStates: readonly State[] = [
  {
    name: 'bench-mixed-plan',
    reach: async (ground) => {
      await enter(ground, 'technician')
      answerWith(ground.overlay, 'ports.devices', () => ({ ports: placed(ground.ports) }))
      await comeBack(ground, 'technician')
      await ground.hands.page.locator('.tile.troubled').nth(1).waitFor()
      await tileAt(ground, 0).getByRole('checkbox').uncheck()
    },
  },
  {
    name: 'bench-not-suitable',
    reach: async (ground) => {
      await tileAt(ground, 2).locator('.btn').click()
      await ground.hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'bench-start-refused',
    reach: async (ground) => {
      await close(ground)
      refuseWith(ground.overlay, 'run.start', new AirlockError('run.open'))
      await ground.hands.page.locator('.panel-foot .btn.primary').click()
      await ground.hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'bench-withdrawn',
    reach: async (ground) => {
      answerWith(ground.overlay, 'bundles.list', (list) => ({
        ...list,
        withdrawn: [
          { bundle: ground.bundle, version: '2.0.0', entry: 'AL-R-1', reason: 'dosing stops', instead: '2.0.1' },
        ],
      }))
      await comeBack(ground, 'technician')
      await ground.hands.text('bench.withdrawn').waitFor()
    },
  },
  { name: 'bench-other-device', reach: sheetOf(4, wrongDevice) },
  { name: 'bench-label', reach: sheetOf(8, {}) },
  { name: 'bench-waits-for-plug', reach: sheetOf(1, { stage: 'unplugged', leftMs: null }) },
  {
    name: 'bench-paused',
    reach: async (ground) => {
      await close(ground)
      tellOn(ground.overlay, 'run.watch', runOver(ground.ports, ground.bundle, 'paused'))
      await comeBack(ground, 'technician')
      await ground.hands.text('bench.paused').waitFor()
    },
  },
  {
    name: 'bench-three-notices',
    reach: async (ground) => {
      ground.overlay.delete('run.watch')
      ground.overlay.delete('bundles.list')
      answerWith(ground.overlay, 'station.status', unwell)
      await comeBack(ground, 'technician')
      await ground.hands.text('notices.more', { count: 1 }).waitFor()
    },
  },
  {
    name: 'bench-scan-unknown',
    reach: async ({ hands, overlay }) => {
      overlay.delete('station.status')
      await hands.page.locator('.tile-serial').first().focus()
      await typeAsScanner(hands.page, 'DC-9999-0000', 8)
      await hands.text('scan.check').waitFor()
    },
  },
  {
    name: 'bench-no-ports',
    reach: async (ground) => {
      const none = () => ({ ports: [], absent: [] })
      answerWith(ground.overlay, 'ports.list', none)
      changeOn(ground.overlay, 'ports.watch', none)
      await comeBack(ground, 'technician')
      await ground.hands.text('bench.plugFirst').waitFor()
    },
  },
  {
    name: 'bench-officer',
    reach: async (ground) => {
      await enter(ground, 'officer')
      await ground.hands.open('bench')
      await ground.hands.text('bench.onlyTechnician').waitFor()
    },
  },
]
