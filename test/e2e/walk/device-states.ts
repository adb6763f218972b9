// SPDX-License-Identifier: Apache-2.0
/** What a device has measured. */
import { answerAlone, answerWith } from '../../shell/overlay.ts'
import { comeBack, enter, type State } from './reach.ts'

const device = { model: 'dosing-controller', hardware: 'rev-c', version: '2.0.0', lastSeen: Date.now() }
const minute = 60_000

export const deviceStates: readonly State[] = [
  {
    name: 'device-measured',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await enter(ground, 'technician')
      const devices = ['DC-0042-7Q', 'DC-0042-8O'].map((serial) => ({ ...device, id: serial, serial }))
      const series = ['motor.temperature', 'motor.current'].map((name, n) => ({
        id: n + 1,
        name,
        labels: n === 0 ? '{}' : '{"phase":"1"}',
        unit: n === 0 ? '°C' : 'A',
      }))
      const rows = Array.from({ length: 60 }, (_, n) => {
        const mean = 41 + 3 * Math.sin(n / 5)
        return { t: Date.now() - (60 - n) * minute, n: 10, min: mean - 1, mean, max: mean + 1 }
      })
      answerWith(overlay, 'devices.list', () => ({ devices }))
      // Telemetry is asked under both names of a device: one of them has it.
      let asked = 0
      answerAlone(overlay, 'telemetry.series', () => ({ series: (asked += 1) % 2 === 1 ? series : [] }))
      answerAlone(overlay, 'telemetry.chart', () => ({ width: minute, rows }))
      await comeBack(ground, 'technician')
      await hands.open('devices')
      await hands.page.getByRole('button', { name: 'DC-0042-7Q' }).click()
      await hands.page.locator('.chart svg').first().waitFor()
    },
  },
  {
    name: 'device-measured-table',
    reach: async ({ hands }) => {
      await hands.page.locator('summary', { hasText: hands.say('devices.table') }).click()
      await hands.page.getByRole('cell').nth(30).waitFor()
    },
  },
  {
    name: 'device-no-values',
    reach: async ({ hands, overlay }) => {
      answerAlone(overlay, 'telemetry.chart', () => ({ width: minute, rows: [] }))
      await hands.page.getByLabel(hands.say('devices.period')).selectOption('24')
      await hands.text('devices.noPoints').waitFor()
    },
  },
]
