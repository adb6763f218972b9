// SPDX-License-Identifier: Apache-2.0
/** Bundles that are refused, let in by exception, withdrawn, or opened. */
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Contract } from '../../../shared/contract/contract.ts'
import { override } from '../../../shared/contract/override-calls.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerAlone, answerWith, changeOn, refuseWith, type Overlay } from '../../shell/overlay.ts'
import { askedHere, hex, id } from './answers.ts'
import type { Ground } from './ground.ts'
import { close, comeBack, enter, type State } from './reach.ts'

type Exception = z.infer<typeof override>
type Contents = Result<Contract, 'bundles.contents'>
type Evidence = Result<Contract, 'bundles.evidence'>

/** One code of each family of refusals, by the file that it befalls. */
const families: Readonly<Record<string, ErrorCode>> = {
  'container.airfw': 'container.truncated',
  'limit.airfw': 'limit.entries',
  'payload.airfw': 'payload.digest',
  'signature.airfw': 'sig.missing',
  'signer.airfw': 'trust.unknown-signer',
  'manifest.airfw': 'manifest.schema',
  'expired.airfw': 'freshness.expired',
  'clock.airfw': 'clock.rollback',
  'counter.airfw': 'rollback.counter',
  'recall.airfw': 'recall.bundle',
  'importer.airfw': 'compat.importer',
}

const verdictOf = (code: ErrorCode) => ({
  verdict: {
    verdict: 'refused' as const,
    code,
    checks: [
      { id: 'container', ok: true },
      { id: 'rule', ok: false, code },
    ],
  },
  entry: 42,
  bundle: null,
  alreadyPresent: false,
})

/** A drive with a file for each family: each is refused as its name says. */
const plugRefused = async (ground: Ground): Promise<void> => {
  const { world, hands, overlay } = ground
  for (const name of Object.keys(families)) copyFileSync(join(world.stick, 'changed.airfw'), join(world.stick, name))
  changeOn(overlay, 'jobs.watch', (job) => {
    const code = families[job.subject]
    return code === undefined || job.state === 'running' ? job : { ...job, state: 'done', result: verdictOf(code) }
  })
  await hands.page.getByText('importer.airfw', { exact: true }).first().waitFor()
  for (const name of Object.keys(families))
    await hands.page.getByRole('button', { name: `${hands.say('drive.import')} ${name}` }).click()
  await whatToDo(ground, 'importer.airfw').waitFor()
}

const takeOff = ({ world }: Ground): void => {
  for (const name of Object.keys(families)) rmSync(join(world.stick, name), { force: true })
}

const whatToDo = ({ hands }: Ground, name: string) =>
  hands.page.getByRole('button', { name: `${hands.say('drive.what')} ${name}` })

const refusals: readonly State[] = Object.keys(families).map((name) => ({
  name: `refusal-${name.split('.')[0]}`,
  reach: async (ground) => {
    await close(ground)
    await whatToDo(ground, name).click()
    await ground.hands.page.locator('.dialog').waitFor()
  },
}))

const exception = (n: number, changes: Partial<Exception>): Exception => ({
  id: id(n),
  kind: 'bundle-expired',
  subject: hex('a'),
  what: `dosing-controller 1.9.${n}`,
  entry: 42,
  askedBy: 'Tomas Keller',
  askedById: '',
  askedAt: Date.now() - 3_600_000,
  reason: 'monthly data',
  decision: null,
  until: null,
  ...changes,
})
const decision = (granted: boolean) => ({ granted, by: 'Priya Singh', at: Date.now(), reason: 'monthly data' })
const exceptions = (overlay: Overlay): Exception[] =>
  askedHere(overlay, [
    exception(1, {}),
    exception(2, { decision: decision(true) }),
    exception(3, { decision: decision(false) }),
    exception(4, { kind: 'policy-expired', what: '3', decision: decision(true), until: Date.now() + 86_400_000 }),
  ])

const fillStatement = async ({ hands }: Ground): Promise<void> => {
  await hands.fill('exception.why', 'monthly data')
  await hands.fill('person.password', 'not the password')
}

const types = ['cyclonedx-sbom', 'vex', 'slsa-provenance', 'test-report', 'release-notes'] as const
const contents: Contents = {
  payloads: [
    {
      path: 'payload/firmware.bin',
      component: 'application',
      format: 'mcuboot',
      driver: 'smp',
      size: 240_000,
      sha256: hex('a'),
      fault: null,
      facts: { version: '2.0.0', securityCounter: 3, encrypted: true, ranges: [{ address: 0x8000, length: 240_000 }] },
    },
    {
      path: 'payload/other.uf2',
      component: 'radio',
      format: 'uf2',
      driver: 'esp',
      size: 12_000,
      sha256: hex('b'),
      fault: 'block 3',
      facts: { target: 0xada52840 },
    },
  ],
  evidence: [...types, 'test-report' as const].map((type, n) => ({
    path: `evidence/${n}`,
    type,
    size: 4000,
    sha256: hex('c'),
  })),
}
/** One piece of each kind that can be shown, and one that cannot. */
const pieces: readonly Evidence[] = [
  { kind: 'components', total: 612, items: [{ name: 'newlib', version: '4.4.0', licence: 'BSD-3-Clause' }] },
  { kind: 'vulnerabilities', total: 1, items: [{ id: 'CVE-2026-7', state: 'release: fixed' }] },
  { kind: 'provenance', builder: 'release:1', buildType: 'release:2', subjects: 2 },
  { kind: 'text', text: 'release: 412 of 412', cut: true },
  { kind: 'markdown', text: '# release 2.0.0\n\n- dosing **1**\n- dosing 2\n', cut: false },
  { kind: 'unreadable' },
]

export const bundleStates: readonly State[] = [
  {
    name: 'bundles-refused',
    reach: async (ground) => {
      await enter(ground, 'technician')
      await ground.hands.open('bundles')
      await plugRefused(ground)
    },
  },
  ...refusals,
  {
    name: 'exception-ask',
    reach: async (ground) => {
      await close(ground)
      await whatToDo(ground, 'expired.airfw').click()
      await ground.hands.page.locator('.dialog summary', { hasText: ground.hands.say('exception.ask') }).click()
      await fillStatement(ground)
    },
  },
  {
    name: 'exception-asked',
    reach: async ({ hands, overlay }) => {
      answerAlone(overlay, 'override.ask', () => ({ id: exception(1, {}).id }))
      await hands.page
        .locator('.dialog')
        .getByRole('button', { name: hands.say('exception.send'), exact: true })
        .click()
      await hands.text('exception.said').waitFor()
    },
  },
  {
    name: 'exceptions-technician',
    reach: async (ground) => {
      await close(ground)
      takeOff(ground)
      answerWith(ground.overlay, 'override.list', () => ({ overrides: exceptions(ground.overlay) }))
      await comeBack(ground, 'technician')
      await ground.hands.text('exception.own').waitFor()
    },
  },
  {
    name: 'bundle-by-exception',
    reach: async (ground) => {
      ground.overlay.delete('override.list')
      answerWith(ground.overlay, 'bundles.details', (details) => ({
        ...details,
        exceptions: exceptions(ground.overlay).filter((one) => one.decision?.granted === true),
      }))
      answerWith(ground.overlay, 'bundles.list', (list) => ({
        ...list,
        withdrawn: [
          { bundle: ground.bundle, version: '2.0.0', entry: 'AL-R-1', reason: 'dosing stops', instead: '2.0.1' },
        ],
        withdrawnHere: [
          {
            bundle: ground.bundle,
            kind: 'key',
            what: 'acme release 5',
            askedBy: 'Ada Castellanos',
            signedBy: 'Priya Singh',
            at: Date.now(),
            reason: 'monthly data',
          },
        ],
      }))
      await comeBack(ground, 'technician')
      await ground.hands.text('bundles.withdrawnTitle').waitFor()
      await ground.hands.text('exception.used').waitFor()
    },
  },
  {
    name: 'bundle-contents',
    reach: async ({ hands, overlay }) => {
      answerAlone(overlay, 'bundles.contents', () => contents)
      answerAlone(overlay, 'bundles.evidence', ({ path }) => pieces[Number(path.split('/')[1])] ?? { kind: 'large' })
      await hands.press('contents.open')
      const dialog = hands.page.locator('.dialog')
      const show = dialog.getByRole('button', { name: new RegExp(`^${hands.say('contents.show')} `) })
      await show.nth(types.length).waitFor()
      for (let left = types.length; left >= 0; left -= 1) {
        await show.first().click()
        await show.nth(left).waitFor({ state: 'detached' })
      }
      await hands.text('contents.cut').waitFor()
    },
  },
  {
    name: 'exceptions-officer',
    reach: async (ground) => {
      await enter(ground, 'officer')
      answerWith(ground.overlay, 'override.list', () => ({ overrides: exceptions(ground.overlay) }))
      await comeBack(ground, 'officer')
      await ground.hands.open('bundles')
      await ground.hands.button('exception.grant').waitFor()
    },
  },
  {
    name: 'exception-not-decided',
    reach: async (ground) => {
      refuseWith(ground.overlay, 'override.grant', new AirlockError('person.credentials'))
      await fillStatement(ground)
      await ground.hands.press('exception.grant')
      await ground.hands.page.getByRole('alert').waitFor()
    },
  },
]
