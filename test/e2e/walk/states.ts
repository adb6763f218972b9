// SPDX-License-Identifier: Apache-2.0
/** Every screen and state, and how a person gets there. In the order of the walk: each begins where the one before ended. */
import { AirlockError } from '../../../shared/errors.ts'
import { answerWith, refuseWith, tellOn } from '../../shell/overlay.ts'
import { deviceLooked, deviceSaid, exportsInAllStates, runOver, showExports } from './answers.ts'
import { checkLog } from '../hands.ts'
import type { Ground } from './ground.ts'
import { close, comeBack, type State } from './reach.ts'

/** The bench as it is in a run. */
const showRun = async (ground: Ground, state: 'running' | 'interrupted' | 'finished'): Promise<void> => {
  tellOn(ground.overlay, 'run.watch', runOver(ground.ports, ground.bundle, state))
  await comeBack(ground, 'technician')
}

const openExport =
  (reason: string) =>
  async ({ hands }: Ground): Promise<void> => {
    await hands.page
      .locator('.rail')
      .getByRole('button', { name: hands.say('screen.exports') })
      .click()
    await hands.page.getByRole('button', { name: `${hands.say('exports.open')} ${reason}` }).click()
    await hands.page.locator('.panel').waitFor()
  }

export const technicianStates: readonly State[] = [
  { name: 'sign-in', reach: ({ hands }) => hands.heading('signIn.title').waitFor() },
  {
    name: 'sign-in-refused',
    reach: async ({ hands }) => {
      await hands.fill('person.login', 'technician')
      await hands.fill('person.password', 'not the password')
      await hands.press('signIn.signIn')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'bench-plan',
    reach: async ({ hands }) => {
      await hands.signIn('technician')
      await hands.heading('screen.bench').waitFor()
      await hands.page.locator('.tile').nth(11).waitFor()
    },
  },
  {
    name: 'bench-device-sheet',
    reach: async (ground) => {
      await ground.hands.page.locator('.tile-serial').first().click()
      await ground.hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'bench-running',
    reach: async (ground) => {
      await close(ground)
      await showRun(ground, 'running')
      await ground.hands.page.locator('.tile.troubled').nth(2).waitFor()
    },
  },
  {
    name: 'bench-trouble-sheet',
    reach: async ({ hands }) => {
      await hands.page.locator('.tile.troubled .btn').first().click()
      await hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'bench-stop',
    reach: async (ground) => {
      await close(ground)
      await ground.hands.press('bench.stopAsk', { count: 4 })
      await ground.hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'bench-compact',
    reach: async (ground) => {
      await close(ground)
      await ground.hands.page.getByText(ground.hands.say('bench.view.compact')).click()
      await ground.hands.page.locator('.small-tile').first().waitFor()
    },
  },
  {
    name: 'bench-interrupted',
    reach: async (ground) => {
      await ground.hands.page.getByText(ground.hands.say('bench.view.tiles')).click()
      await showRun(ground, 'interrupted')
      await ground.hands.button('bench.continueRun').waitFor()
    },
  },
  {
    name: 'bench-finished',
    reach: async (ground) => {
      await showRun(ground, 'finished')
      await ground.hands.button('bench.newRun').waitFor()
    },
  },
  {
    name: 'bench-no-bundle',
    reach: async (ground) => {
      ground.overlay.delete('run.watch')
      answerWith(ground.overlay, 'bundles.list', () => ({ bundles: [], withdrawn: [], withdrawnHere: [] }))
      await comeBack(ground, 'technician')
      await ground.hands.text('bench.noBundleDrive').waitFor()
    },
  },
  {
    name: 'bundles-none',
    reach: async (ground) => {
      const { hands, overlay } = ground
      answerWith(overlay, 'media.list', () => ({ drives: [] }))
      tellOn(overlay, 'media.watch', { drives: [] })
      await comeBack(ground, 'technician')
      await hands.open('bundles')
      await hands.text('bundles.none').waitFor()
      await hands.text('bundles.noDrive').waitFor()
    },
  },
  {
    name: 'drive-sheet',
    reach: async (ground) => {
      for (const name of ['bundles.list', 'media.list', 'media.watch']) ground.overlay.delete(name)
      await comeBack(ground, 'technician')
      await ground.hands.button('drive.what').waitFor()
    },
  },
  {
    name: 'bundles',
    reach: async ({ hands }) => {
      await hands.page
        .locator('.drive-sheet')
        .getByRole('button', { name: hands.say('common.close') })
        .click()
      await hands.text('bundle.fullPrint').waitFor()
    },
  },
  {
    name: 'bundle-refusal',
    reach: async ({ hands }) => {
      await hands.press('drive.what')
      await hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'devices-none',
    reach: async (ground) => {
      await close(ground)
      await ground.hands.open('devices')
      await ground.hands.text('devices.none').waitFor()
    },
  },
  {
    name: 'devices',
    reach: async (ground) => {
      const { hands, overlay } = ground
      const device = { model: 'dosing-controller', hardware: 'rev-c', version: '2.0.0', lastSeen: Date.now() }
      const devices = ['DC-0042-7Q', 'DC-0042-8O', 'DC-0043-00'].map((serial) => ({ ...device, id: serial, serial }))
      answerWith(overlay, 'devices.list', () => ({ devices }))
      answerWith(overlay, 'devices.look', () => deviceLooked)
      tellOn(overlay, 'telemetry.tail', deviceSaid)
      await comeBack(ground, 'technician')
      await hands.page.getByRole('button', { name: 'DC-0042-7Q' }).click()
      await hands.page.locator('.panel h2').nth(2).waitFor()
      await hands.page.locator('.tail .status').nth(5).waitFor()
    },
  },
  {
    name: 'devices-no-match',
    reach: async ({ hands }) => {
      await hands.fill('devices.search', 'DC-9')
      await hands.text('devices.noMatch').waitFor()
    },
  },
  {
    name: 'exports-none',
    reach: async ({ hands }) => {
      await hands.open('exports')
      await hands.text('exports.none').waitFor()
    },
  },
  {
    name: 'exports-ask',
    reach: async ({ hands }) => {
      await hands.press('exports.ask')
      await hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'exports-ask-refused',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'exports.request', new AirlockError('export.nothing'))
      await hands.fill('ask.reason', 'weekly data')
      await hands.press('ask.send')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'exports-ask-internal',
    reach: async ({ hands, overlay }) => {
      const why = { cause: 'TypeError: x is not a function at collect (exports.ts:12:3)' }
      refuseWith(overlay, 'exports.request', new AirlockError('internal', why))
      const details = hands.page.getByRole('alert').getByText('internal', { exact: true })
      await hands.press('ask.send')
      await details.waitFor({ state: 'attached' })
    },
  },
  {
    name: 'station-technician',
    reach: async (ground) => {
      await close(ground)
      await ground.hands.open('station')
      await ground.hands.text('storage.kinds').waitFor()
    },
  },
  {
    name: 'person-menu',
    reach: async ({ hands }) => {
      await hands.page.locator('.topbar button.chip').last().click()
      await hands.page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'locked',
    reach: async ({ hands }) => {
      await hands.page.keyboard.press('Escape')
      await hands.press('frame.lock')
      await hands.heading('signIn.locked').waitFor()
    },
  },
]

export const officerStates: readonly State[] = [
  {
    name: 'exports',
    reach: async ({ hands, overlay }) => {
      showExports(overlay, exportsInAllStates)
      await hands.press('signIn.other')
      await hands.signIn('officer')
      await hands.text('exports.history').waitFor()
    },
  },
  {
    name: 'exports-names',
    reach: async ({ hands }) => {
      await hands.press('names.open')
      await hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'export-review',
    reach: async (ground) => {
      await close(ground)
      await openExport('monthly reliability data')(ground)
      await ground.hands.text('review.after').waitFor()
    },
  },
  {
    name: 'export-reject',
    reach: async ({ hands }) => {
      await hands.page.getByLabel(hands.say('sign.reject')).check()
      await hands.text('sign.blocked.reason').waitFor()
    },
  },
  {
    name: 'export-new-field',
    reach: async (ground) => {
      showExports(ground.overlay, exportsInAllStates, ['points.operator', 'points.labels.phase'])
      await openExport('monthly reliability data')(ground)
      await ground.hands.text('sign.blocked.newFields').waitFor()
    },
  },
  {
    name: 'export-own',
    reach: async (ground) => {
      showExports(ground.overlay, exportsInAllStates)
      await openExport('weekly data of the officer')(ground)
      await ground.hands.text('sign.blocked.samePerson').waitFor()
    },
  },
  {
    name: 'export-approved',
    reach: async (ground) => {
      await openExport('monthly data, approved')(ground)
      await ground.hands.text('write.approved').waitFor()
    },
  },
  {
    name: 'export-write-failed',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'exports.write', new AirlockError('medium.write'))
      await hands.page.locator('.panel-foot .btn.primary').click()
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'export-written',
    reach: async (ground) => {
      await openExport('monthly data, written')(ground)
      await ground.hands.page.locator('.panel .notice-good').nth(1).waitFor()
    },
  },
  { name: 'export-rejected', reach: openExport('monthly data, rejected') },
  { name: 'export-void', reach: openExport('monthly data, void') },
  {
    name: 'audit',
    reach: async ({ hands }) => {
      await hands.open('audit')
      await hands.page.getByRole('row').nth(3).waitFor()
    },
  },
  {
    name: 'audit-checked',
    reach: async ({ hands }) => {
      await checkLog(hands)
      await hands.text('audit.intact').waitFor()
      await hands.page.getByRole('row').nth(2).click()
      await hands.page.locator('.panel h2').first().waitFor()
    },
  },
  {
    name: 'audit-broken',
    reach: async ({ hands, overlay }) => {
      answerWith(overlay, 'station.status', (status) => ({
        ...status,
        audit: { ...status.audit, code: 'audit.leaf', firstBad: 5 },
      }))
      await checkLog(hands)
      await hands.text('audit.broken', { entry: 5 }).waitFor()
    },
  },
  {
    name: 'audit-no-match',
    reach: async ({ hands, overlay }) => {
      overlay.delete('station.status')
      await hands.page.getByLabel(hands.say('audit.search')).fill('nobody')
      await hands.page.keyboard.press('Enter')
      await hands.text('audit.noMatch').waitFor()
    },
  },
]

export const administratorStates: readonly State[] = [
  {
    name: 'station',
    reach: async ({ hands }) => {
      await hands.signOut()
      await hands.signIn('admin')
      await hands.heading('screen.station').waitFor()
    },
  },
  {
    name: 'station-read-only',
    reach: async (ground) => {
      const broken = { code: 'audit.leaf' }
      answerWith(ground.overlay, 'station.status', (status) => ({
        ...status,
        state: 'read-only',
        audit: { ...status.audit, ...broken },
        interrupted: [{ jobId: 'j', kind: 'flashing', subject: 'Port 5' }],
      }))
      await comeBack(ground, 'admin')
      await ground.hands.text('station.logBad').waitFor()
    },
  },
  { name: 'people', reach: ({ hands }) => hands.open('people') },
  {
    name: 'people-add',
    reach: async ({ hands }) => {
      await hands.press('people.add')
      await hands.page.locator('.dialog').waitFor()
    },
  },
]
