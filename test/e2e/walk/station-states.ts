// SPDX-License-Identifier: Apache-2.0
/** The station's own page when something about it is not in order, and the map of its ports. */
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerAlone, answerWith, changeOn, refuseWith } from '../../shell/overlay.ts'
import { id } from './answers.ts'
import type { Ground } from './ground.ts'
import { close, comeBack, enter, type Login, type State } from './reach.ts'

type Status = Result<Contract, 'station.status'>
type Register = Result<Contract, 'media.registered'>
type Changes = { readonly clock?: Partial<Status['clock']> } & Partial<Omit<Status, 'clock'>>

/** The station says this of itself, to whoever comes back. */
const says = async (ground: Ground, login: Login, changes: Changes): Promise<void> => {
  answerWith(ground.overlay, 'station.status', (status) => ({
    ...status,
    ...changes,
    clock: { ...status.clock, ...changes.clock },
  }))
  await comeBack(ground, login)
}

const looked = { name: 'Ada Castellanos', reason: 'monthly data', at: Date.now() }
const hours = 3_600_000

const recovered: Status['recovered'] = [
  ...(['exports', 'imports', 'contents', 'captures', 'accounts'] as const).map((kind) => ({ kind, count: 2 })),
  ...(['start-again', 'continue', 'check-version', 'none'] as const).map((next, n) => ({
    kind: 'flash' as const,
    product: 'dosing-controller',
    version: '2.0.0',
    port: `/dev/ttyUSB${n}`,
    stage: 'write',
    next,
  })),
]

/** A site that works with drives of its own only; one that counts, and one that has ended. */
const register: Register = {
  rule: 'refused',
  drives: [null, { by: 'Ada Castellanos', at: Date.now(), reason: 'monthly data' }].map((ended, n) => ({
    id: id(n),
    drive: `walk-STICK-${n}`,
    serial: `4C5300${n}`,
    volume: `1234-567${n}`,
    label: `STICK-${n}`,
    owner: 'Tomas Keller',
    by: 'Ada Castellanos',
    at: Date.now() - 24 * hours,
    ended,
  })),
}

const card = ({ hands }: Ground, key: 'clock.title' | 'storage.title' | 'place.title') =>
  hands.page.getByRole('region', { name: hands.say(key), exact: true })

export const stationStates: readonly State[] = [
  {
    name: 'station-found',
    reach: async (ground) => {
      await enter(ground, 'admin')
      await says(ground, 'admin', {
        recovered,
        interrupted: [{ jobId: 'j', kind: 'exports.write', subject: 'monthly data' }],
      })
      await ground.hands.text('station.recovered').waitFor()
    },
  },
  {
    name: 'station-new',
    reach: async (ground) => {
      await says(ground, 'admin', { trust: null, enrolled: false, hall: null, bench: null })
      await ground.hands.text('station.enrolledBad').waitFor()
    },
  },
  {
    name: 'station-clock-behind',
    reach: async (ground) => {
      await says(ground, 'admin', { clock: { state: 'behind', by: 50 * hours } })
      await card(ground, 'clock.title').getByText(ground.hands.say('clock.behind')).waitFor()
    },
  },
  {
    name: 'station-clock-refused',
    reach: async (ground) => {
      const { hands, overlay } = ground
      refuseWith(overlay, 'clock.look', new AirlockError('clock.rollback'))
      await hands.fill('clock.lookReason', 'monthly data')
      await card(ground, 'clock.title').getByLabel(hands.say('person.password'), { exact: true }).fill('a password')
      await hands.press('clock.look')
      await card(ground, 'clock.title').getByRole('alert').waitFor()
    },
  },
  {
    name: 'station-clock-said',
    reach: async (ground) => {
      const { hands, overlay } = ground
      answerAlone(overlay, 'clock.look', () => ({}))
      await card(ground, 'clock.title').getByLabel(hands.say('person.password'), { exact: true }).fill('a password')
      // The button is deaf to a second press within a moment; Enter in the field says it as well.
      await hands.page.keyboard.press('Enter')
      await hands.text('clock.said').waitFor()
    },
  },
  {
    name: 'station-storage-low',
    reach: async (ground) => {
      answerWith(ground.overlay, 'storage.get', (storage) => ({
        ...storage,
        look: { state: 'reserve', free: 40_000_000, days: 3 },
        reserve: { ...storage.reserve, held: false },
      }))
      await says(ground, 'admin', { storage: { state: 'reserve', free: 40_000_000, days: 3 } })
      await card(ground, 'storage.title').getByText(ground.hands.say('storage.reserve')).waitFor()
    },
  },
  {
    name: 'station-storage-limits',
    reach: async (ground) => {
      const { hands } = ground
      await card(ground, 'storage.title').locator('summary').click()
      await hands.page.getByLabel(hands.say('storage.fullField')).fill('9999999')
      await card(ground, 'storage.title').locator('.reason').waitFor()
    },
  },
  {
    name: 'station-place',
    reach: async (ground) => {
      const { hands, overlay } = ground
      answerAlone(overlay, 'station.place', () => ({}))
      for (const key of ['place.hall', 'place.bench'] as const)
        await card(ground, 'place.title').getByLabel(hands.say(key)).fill('dosing 3')
      await hands.press('place.set')
      await hands.text('place.done').waitFor()
    },
  },
  {
    name: 'station-enrol-refused',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'enrolment.request', new AirlockError('medium.full'))
      await hands.press('enrol.request')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'ports',
    reach: async (ground) => {
      const { hands, overlay, ports } = ground
      const here = ports.slice(0, 4).map((id, n) => ({
        id,
        number: n + 1,
        name: n === 0 ? 'dosing 1' : null,
        label: 'tty',
        owner: 'free' as const,
      }))
      const absent = ports.slice(4, 6).map((id, n) => ({ id, number: n + 5, name: null }))
      answerWith(overlay, 'ports.list', () => ({ ports: here, absent }))
      changeOn(overlay, 'ports.watch', () => ({ ports: here, absent }))
      await says(ground, 'admin', {})
      await hands.press('ports.open')
      await hands.page.locator('.port-tile').nth(5).waitFor()
    },
  },
  {
    name: 'ports-swap',
    reach: async ({ hands }) => {
      await hands.page.locator('.port-tile .port-choose').first().click()
      await hands.fill('ports.number', '2')
      await hands.text('ports.swap', { number: 2, other: 1 }).waitFor()
    },
  },
  {
    name: 'ports-wrong',
    reach: async ({ hands }) => {
      await hands.fill('ports.number', 'x')
      await hands.text('ports.numberRule').waitFor()
    },
  },
  {
    name: 'ports-none',
    reach: async (ground) => {
      const none = () => ({ ports: [], absent: [] })
      answerWith(ground.overlay, 'ports.list', none)
      changeOn(ground.overlay, 'ports.watch', none)
      await comeBack(ground, 'admin')
      await ground.hands.text('ports.none').waitFor()
    },
  },
  {
    name: 'drives',
    reach: async (ground) => {
      const { hands, overlay } = ground
      answerWith(overlay, 'media.registered', () => register)
      await hands.open('station')
      await hands.press('drives.open')
      await hands.text('drives.endedBy').waitFor()
    },
  },
  {
    name: 'drives-end',
    reach: async ({ hands }) => {
      await hands.press('drives.endOne', { name: 'STICK-0' })
      await hands.page.locator('.dialog').waitFor()
    },
  },
  {
    name: 'exports-administrator',
    reach: async (ground) => {
      await close(ground)
      await ground.hands.open('exports')
      await ground.hands.text('exports.none').waitFor()
    },
  },
  {
    name: 'ports-technician',
    reach: async (ground) => {
      const { hands } = ground
      await enter(ground, 'technician')
      await hands.open('station')
      await hands.press('ports.open')
      await hands.page.locator('.port-tile .port-choose').first().click()
      await hands.text('ports.onlyAdministrator').waitFor()
    },
  },
  {
    name: 'station-clock-to-confirm',
    reach: async (ground) => {
      await enter(ground, 'officer')
      await ground.hands.open('station')
      await says(ground, 'officer', { clock: { state: 'stepped', by: 50 * hours, looked } })
      await ground.hands.text('clock.lookedBy', { name: looked.name, reason: looked.reason }).waitFor()
    },
  },
]
