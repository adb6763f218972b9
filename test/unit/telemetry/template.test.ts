// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { fill, mask } from '../../../main/station/telemetry/template.ts'

describe('template', () => {
  it.each([
    ['dose 5 of 14 took 12.5 ms', 'dose <num> of <num> took <num> ms', ['5', '14', '12.5']],
    ['t=-3.5e-7C', 't=<num>C', ['-3.5e-7']],
    ['pc 0xDEADbeef in deadbeef01', 'pc <hex> in <hex>', ['0xDEADbeef', 'deadbeef01']],
    ['job 0b1e4c6a-7a55-4b4e-9d0e-3b8f2f6f0a11 done', 'job <uuid> done', ['0b1e4c6a-7a55-4b4e-9d0e-3b8f2f6f0a11']],
    ['by anna.keller@acme.example now', 'by <email> now', ['anna.keller@acme.example']],
    ['at 10.20.30.44:80 via 00:1B:44:11:3A:B7', 'at <ip> via <mac>', ['10.20.30.44:80', '00:1B:44:11:3A:B7']],
    ['from fe80::1 ok', 'from <ip> ok', ['fe80::1']],
    ['says <num> 7', 'says <lit> <num>', ['<num>', '7']],
    ['unit DC-0042-7Q self test', 'unit <id> self test', ['DC-0042-7Q']],
    ['uplink plc-hall3 up', 'uplink <id> up', ['plc-hall3']],
    ['uplink plc-hall3.plant.example up', 'uplink plc-hall3.plant.example up', []],
    ['code DOSE-114 stays', 'code DOSE-<num> stays', ['114']],
    ['sensor1 and T2C stay', 'sensor1 and T2C stay', []],
  ])('masks %s', (text, template, values) => {
    expect(mask(text)).toEqual({ template, arguments: values })
    expect(fill(mask(text))).toBe(text)
  })
})
