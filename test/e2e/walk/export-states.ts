// SPDX-License-Identifier: Apache-2.0
/** Exports on their way: being collected, found out, sent back, written, and seen by those who may not decide. */
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerAlone, answerWith, refuseWith } from '../../shell/overlay.ts'
import { exportsInAllStates, hex, id, preview, showExports } from './answers.ts'
import { driveOf, showDrives } from './drive-states.ts'
import type { Ground } from './ground.ts'
import { preview as onPaper } from './paper-states.ts'
import { close, comeBack, enter, enterAsAuditor, type State } from './reach.ts'

type Job = Result<Contract, 'jobs.list'>['jobs'][number]

const approved = exportsInAllStates.find(({ state }) => state === 'approved')?.id ?? ''
const written = exportsInAllStates.find(({ state }) => state === 'written')?.id ?? ''

const jobOf = (kind: string, subject: string, more: Partial<Job>): Job => ({
  id: id(90),
  kind,
  state: 'running',
  startedAt: Date.now(),
  endedAt: null,
  person: 'Tomas Keller',
  subject,
  progress: { stage: 'write', done: 40, total: 100 },
  code: null,
  result: null,
  ...more,
})

/** What the page takes up when its person comes back. */
const withJobs = ({ overlay }: Ground, ...jobs: readonly Job[]): void =>
  answerWith(overlay, 'jobs.list', () => ({ jobs: [...jobs] }))

const openExport = async ({ hands }: Ground, reason: string): Promise<void> => {
  await hands.page
    .locator('.rail')
    .getByRole('button', { name: hands.say('screen.exports') })
    .click()
  await hands.page.getByRole('button', { name: `${hands.say('exports.open')} ${reason}` }).click()
  await hands.page.locator('.stages').waitFor()
}

const openAsk = async ({ hands }: Ground): Promise<void> => {
  await hands.press('exports.ask')
  await hands.fill('ask.reason', 'monthly data')
  await hands.press('ask.send')
  await hands.page.getByRole('alert').waitFor()
}

const slip: Result<Contract, 'print.slip'> = {
  number: 4,
  sha256: hex('c'),
  contentDigest: hex('b'),
  bytes: 4_100_000,
  records: 18_420,
  from: Date.now() - 30 * 86_400_000,
  to: Date.now(),
  reason: 'monthly data',
  requestedBy: 'Tomas Keller',
  approvedBy: 'Priya Singh',
  approvedAt: Date.now(),
  copies: [{ medium: 'STICK', name: 'monthly.airtlm', at: Date.now() }],
}

const full = driveOf('STICK-F', 'safe')

export const exportStates: readonly State[] = [
  {
    name: 'exports-collecting',
    reach: async (ground) => {
      await enter(ground, 'technician')
      await ground.hands.open('exports')
      withJobs(ground, jobOf('exports.request', 'monthly data', {}))
      await comeBack(ground, 'technician')
      await ground.hands.text('exports.collectingOne', { reason: 'monthly data' }).waitFor()
    },
  },
  {
    name: 'exports-leak',
    reach: async (ground) => {
      const { hands, overlay } = ground
      refuseWith(overlay, 'exports.request', new AirlockError('export.leak', { export: id(1), hits: 2 }))
      const hits = ['points.3.labels', 'events.9.template'].map((where) => ({
        where,
        rule: 'dictionary',
        value: 'acme release 3',
      }))
      answerAlone(overlay, 'exports.hits', () => ({ hits }))
      await openAsk(ground)
      await hands.press('leak.show', { count: 2 })
      await hands.page.locator('.dialog table').waitFor()
    },
  },
  {
    name: 'exports-no-names',
    reach: async (ground) => {
      await close(ground)
      const hits = [{ where: '', rule: 'dictionary-missing', value: '' }]
      answerAlone(ground.overlay, 'exports.hits', () => ({ hits }))
      await openAsk(ground)
      await ground.hands.press('leak.show', { count: 2 })
      await ground.hands.text('leak.none').waitFor()
    },
  },
  {
    name: 'exports-sent-back',
    reach: async (ground) => {
      await close(ground)
      ground.overlay.delete('jobs.list')
      showExports(
        ground.overlay,
        exportsInAllStates.toSorted((a, b) => Number(b.state === 'rejected') - Number(a.state === 'rejected')),
      )
      await comeBack(ground, 'technician')
      await ground.hands.text('decision.reason', { reason: 'weekly data is enough' }).waitFor()
    },
  },
  {
    name: 'export-technician',
    reach: async (ground) => {
      await openExport(ground, 'monthly reliability data')
      await ground.hands.text('sign.blocked.notOfficer').waitFor()
    },
  },
  {
    name: 'export-auditor',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await enterAsAuditor(ground, () => showExports(overlay, exportsInAllStates))
      await openExport(ground, 'monthly reliability data')
      await hands.text('review.mayNot').waitFor()
    },
  },
  {
    name: 'export-no-records',
    reach: async (ground) => {
      await enter(ground, 'officer')
      showExports(ground.overlay, exportsInAllStates)
      answerWith(ground.overlay, 'exports.preview', () => ({ ...preview(), samples: [], strings: [] }))
      await comeBack(ground, 'officer')
      await openExport(ground, 'monthly reliability data')
      await ground.hands.text('review.noRecords').waitFor()
    },
  },
  {
    name: 'export-signature-refused',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'exports.approve', new AirlockError('person.credentials'))
      await hands.fill('sign.password', 'not the password', { name: 'Priya Singh' })
      await hands.press('sign.doApprove')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'export-no-drive',
    reach: async (ground) => {
      await openExport(ground, 'monthly data, approved')
      await showDrives(ground, 'officer', [])
      await ground.hands.text('write.noDrive').waitFor()
    },
  },
  {
    name: 'export-two-drives',
    reach: async (ground) => {
      await showDrives(ground, 'officer', [driveOf('STICK-1', 'safe'), driveOf('STICK-2', 'safe', { readOnly: true })])
      await ground.hands.page
        .locator('.drive-sheet')
        .getByRole('button', { name: ground.hands.say('common.close') })
        .click()
      await ground.hands.page.locator('.reason', { hasText: ground.hands.say('write.choose') }).waitFor()
    },
  },
  {
    name: 'export-drive-full',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await showDrives(ground, 'officer', [full])
      await hands.page
        .locator('.drive-sheet')
        .getByRole('button', { name: hands.say('common.close') })
        .click()
      refuseWith(overlay, 'exports.write', new AirlockError('medium.full', { needed: 9_000_000, free: 1000 }))
      await hands.press('write.write', { drive: full.name })
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'export-writing',
    reach: async (ground) => {
      withJobs(ground, jobOf('exports.write', approved, {}))
      await comeBack(ground, 'officer')
      await ground.hands.text('write.writing').waitFor()
    },
  },
  {
    name: 'export-not-enrolled',
    reach: async (ground) => {
      withJobs(ground, jobOf('exports.write', approved, { state: 'cancelled', code: 'flash.cancelled' }))
      answerWith(ground.overlay, 'station.status', (status) => ({ ...status, enrolled: false }))
      await comeBack(ground, 'officer')
      await ground.hands.text('write.notEnrolled').waitFor()
    },
  },
  {
    name: 'export-let-go',
    reach: async (ground) => {
      ground.overlay.delete('station.status')
      withJobs(ground, jobOf('exports.write', written, { state: 'done', result: { drive: 'ejected' } }))
      await openExport(ground, 'monthly data, written')
      await comeBack(ground, 'officer')
      await ground.hands.text('write.done').waitFor()
    },
  },
  {
    name: 'print-slip',
    reach: async (ground) => {
      const { hands, overlay } = ground
      answerAlone(overlay, 'print.slip', () => slip)
      answerAlone(overlay, 'print.copies', ({ ids }) => ({ copies: ids.map((one) => ({ id: one, copy: 1 })) }))
      await hands.press('slip.print')
      await onPaper(ground).getByText('monthly.airtlm').waitFor()
    },
  },
]
