// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { readPlain } from '../../../main/station/telemetry/plain.ts'
import { severityOf } from '../../../main/station/telemetry/severity.ts'
import { unitOfName } from '../../../main/station/telemetry/series-unit.ts'

describe('log presets', () => {
  it.each([
    [
      '[00:01:02.003,000] <err> modem: no carrier',
      { severity: 17, code: 'modem', text: 'no carrier', tDev: 62003, sinceBoot: true },
    ],
    ['I (1234) wifi:sta: connected', { severity: 9, code: 'wifi:sta', text: 'connected', tDev: 1234, sinceBoot: true }],
    ['<warning> app: low', { severity: 13, code: 'app', text: 'low' }],
    ['[   12.345678] usb 1-1: reset', { severity: 9, code: 'usb 1-1', text: 'reset', tDev: 12345, sinceBoot: true }],
    ['[5230] INFO net: uplink lost', { severity: 9, code: 'net', text: 'uplink lost', tDev: 5230, sinceBoot: true }],
    ['[5230] DEBUG self test', { severity: 5, code: '', text: 'self test', tDev: 5230, sinceBoot: true }],
    ['<34>Oct 11 22:14:15 gw su[12]: failed', { severity: 21, code: 'su', text: 'failed' }],
    [
      '<165>1 2003-10-11T22:14:15.003Z gw evntslog - ID47 [x@1 a="b\\]"] hello',
      { severity: 10, code: 'evntslog', text: 'hello' },
    ],
    ['<14>1 - - app - - -', { severity: 9, code: 'app', text: '' }],
  ])('reads %s', (text, log) => {
    expect(readPlain(text)).toEqual(log)
  })

  it.each(['', 'hello', '[1] ROOM x', '<999>Oct 11 22:14:15 gw su: x', 'I am here', '[00:00] x', 'toString'])(
    'leaves %j alone',
    (text) => {
      expect(readPlain(text)).toBeUndefined()
    },
  )
})

describe('severities and units', () => {
  it('maps words, syslog numbers and tens', () => {
    expect(['WARN', 'error', 3, 30, 60].map(severityOf)).toEqual([13, 17, 17, 9, 21])
  })
  it('has none for anything else', () => {
    expect(['toString', '', -1, 8, 70, 2.5, null, {}].map(severityOf)).toEqual(Array(8).fill(undefined))
  })
  it('takes the unit from the last part of a name', () => {
    expect(['supply_mv', 'a.temp_c', 'c', '_c', 'x_constructor'].map(unitOfName)).toEqual(['mV', 'Cel', '', '', ''])
    expect(['flow_l_min', 'l_min', 'dwell_min'].map(unitOfName)).toEqual(['L/min', 'min', 'min'])
  })
})
