// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createBannerReader } from '../../../main/station/devices/banner.ts'

const format = { key: 'boot', model: 'model', serial: 'serial', hardware: 'hw', version: 'fw' }
const line = '{"boot":{"model":"pump","serial":"P-1","hw":"b","fw":"1.2.3","boots":7}}\r\n'
const identity = { model: 'pump', serial: 'P-1', hardware: 'b', version: '1.2.3' }

const readAll = (text: string, size = text.length) => {
  const read = createBannerReader(format)
  const octets = Buffer.from(text, 'latin1')
  for (let at = 0; at < octets.length; at += size) {
    const found = read(octets.subarray(at, at + size))
    if (found !== undefined) return found
  }
  return undefined
}

describe('the boot banner', () => {
  it.each([1, 2, 7, 1000])('is found in pieces of %i bytes', (size) => {
    expect(readAll(`noise\n{"t":1}\n${line}{"t":2}\n`, size)).toEqual(identity)
  })

  it('is found behind what stood on the line before the reset', () => {
    expect(readAll(`{"t":1,"fl\x00\xff${line}`)).toEqual(identity)
  })

  it('may lack the hardware revision, but neither model, serial number nor version', () => {
    expect(readAll('{"boot":{"model":"pump","serial":"P-1","fw":"1.0.0"}}\n')).toEqual({
      model: 'pump',
      serial: 'P-1',
      version: '1.0.0',
    })
    expect(readAll('{"boot":{"model":"pump","fw":"1.0.0"}}\n')).toBeUndefined()
    expect(readAll('{"boot":{"serial":"P-1","fw":"1.0.0"}}\n')).toBeUndefined()
    expect(readAll('{"boot":{"model":"pump","serial":"P-1"}}\n')).toBeUndefined()
  })

  it.each([
    ['a cut line', line.slice(0, 40)],
    ['another key', line.replace('boot', 'root')],
    ['a list', '["boot"]\n'],
    ['a null', '{"boot":null}\n'],
    ['control characters in a serial number', line.replace('P-1', 'P\\n1')],
    ['a serial number without end', line.replace('P-1', 'P'.repeat(65))],
    ['an inherited field', '{"__proto__":{"boot":{"model":"m","serial":"s","fw":"1"}}}\n'],
  ])('is not %s', (_, text) => {
    expect(readAll(`${text}\n`)).toBeUndefined()
  })

  it('is found after a megabyte without a line end', () => {
    expect(readAll(`${'x'.repeat(1_000_000)}\n${line}`, 65_536)).toEqual(identity)
  })
})
