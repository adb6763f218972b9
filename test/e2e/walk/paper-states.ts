// SPDX-License-Identifier: Apache-2.0
/** What is seen before it is printed, and the runs that leave paper. */
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerAlone, refuseWith, tellOn } from '../../shell/overlay.ts'
import { hex, id, runOver } from './answers.ts'
import type { Ground } from './ground.ts'
import { close, comeBack, enter, type State } from './reach.ts'

type RunRecord = Result<Contract, 'records.get'>
type RecordDevice = RunRecord['devices'][number]

const run: RunRecord['run'] = {
  id: id(7),
  bundle: hex('a'),
  product: 'dosing-controller',
  version: '2.0.0',
  startedAt: Date.now() - 600_000,
  endedAt: Date.now(),
  devices: 7,
  updated: 2,
}

const recorded = (n: number, state: RecordDevice['state'], code: string | null = null): RecordDevice => ({
  port: n,
  state,
  serial: `DC-0042-${n}Q`,
  model: 'dosing-controller',
  hardware: 'rev-c',
  from: '1.0.0',
  code,
  details: null,
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  by: 'Tomas Keller',
  jobId: id(100 + n),
  entry: 40 + n,
})

const entry = (n: number, action: string) => ({
  seq: 30 + n,
  at: run.startedAt,
  actor: 'Tomas Keller',
  role: 'technician',
  action,
  object: { type: 'run', id: run.id },
  thing: 'dosing-controller 2.0.0',
  outcome: 'ok' as const,
  reason: null,
})

const record: RunRecord = {
  run,
  people: ['Tomas Keller', 'Ada Castellanos'],
  signers: [{ role: 'release', name: 'acme release' }],
  devices: [
    recorded(1, 'updated'),
    recorded(2, 'updated'),
    recorded(3, 'same'),
    recorded(4, 'failed', 'flash.unplugged'),
    recorded(5, 'interrupted', 'flash.interrupted'),
    recorded(6, 'leftOut'),
    recorded(7, 'notStarted'),
  ],
  entries: ['run.start', 'run.pause', 'run.resume', 'run.end'].map((action, n) => entry(n, action)),
  digest: hex('b'),
}

/** As if each of these had been printed before. */
const printedBefore = ({ overlay }: Ground, copy: number): void =>
  answerAlone(overlay, 'print.copies', ({ ids }) => ({ copies: ids.map((one) => ({ id: one, copy })) }))

export const preview = ({ hands }: Ground) => hands.page.getByRole('region', { name: hands.say('print.preview') })

const openRuns = async ({ hands }: Ground): Promise<void> => {
  await hands.press('records.open')
  await hands.page.locator('.dialog').waitFor()
}

export const paperStates: readonly State[] = [
  {
    name: 'runs-none',
    reach: async (ground) => {
      await enter(ground, 'technician')
      await ground.hands.open('devices')
      await openRuns(ground)
      await ground.hands.text('records.none').waitFor()
    },
  },
  {
    name: 'runs',
    reach: async (ground) => {
      await close(ground)
      const runs = [run, { ...run, id: id(8), endedAt: null, updated: 0 }]
      answerAlone(ground.overlay, 'records.list', () => ({ runs }))
      answerAlone(ground.overlay, 'records.get', () => record)
      await openRuns(ground)
      await ground.hands.button('record.print').waitFor()
    },
  },
  {
    name: 'print-record',
    reach: async (ground) => {
      printedBefore(ground, 1)
      await ground.hands.press('record.print')
      await preview(ground).getByText('DC-0042-7Q').waitFor()
    },
  },
  {
    name: 'print-failed',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'print.start', new AirlockError('print.failed'))
      await hands.page.locator('.dialog .btn.primary').last().click()
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'labels',
    reach: async (ground) => {
      await close(ground)
      await openRuns(ground)
      await ground.hands.press('label.open')
      await ground.hands.page.getByLabel('DC-0042-1Q').waitFor()
    },
  },
  {
    name: 'print-label',
    reach: async (ground) => {
      printedBefore(ground, 2)
      await ground.hands.press('label.preview', { count: 2 })
      await preview(ground).getByText('DC-0042-1Q').waitFor()
    },
  },
  {
    name: 'print-done',
    reach: async ({ hands, overlay }) => {
      answerAlone(overlay, 'print.start', () => ({ entries: [43] }))
      await hands.page.locator('.dialog .btn.primary').last().click()
      await hands.text('print.done').waitFor()
    },
  },
  {
    name: 'labels-none',
    reach: async (ground) => {
      await close(ground)
      answerAlone(ground.overlay, 'records.get', () => ({ ...record, devices: [recorded(4, 'failed')] }))
      tellOn(ground.overlay, 'run.watch', runOver(ground.ports, ground.bundle, 'finished'))
      await ground.hands.open('bench')
      await comeBack(ground, 'technician')
      await ground.hands.press('label.open')
      await ground.hands.text('label.none').waitFor()
    },
  },
  {
    name: 'print-page',
    reach: async (ground) => {
      await close(ground)
      printedBefore(ground, 1)
      await ground.hands.open('station')
      await ground.hands.page.keyboard.press('Control+p')
      await preview(ground).locator('.card').first().waitFor()
    },
  },
  {
    name: 'print-refusal',
    reach: async (ground) => {
      await close(ground)
      await ground.hands.open('bundles')
      await ground.hands.page.getByRole('button', { name: `${ground.hands.say('drive.import')} changed.airfw` }).click()
      await ground.hands.page.getByRole('button', { name: `${ground.hands.say('drive.what')} changed.airfw` }).click()
      await ground.hands.press('common.print')
      await preview(ground).getByText('AL-2102').first().waitFor()
    },
  },
]
