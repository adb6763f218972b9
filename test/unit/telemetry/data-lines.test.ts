// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { readInflux } from '../../../main/station/telemetry/influx.ts'
import { readJsonLine } from '../../../main/station/telemetry/json-lines.ts'
import { readLogfmt } from '../../../main/station/telemetry/logfmt.ts'
import type { Reading } from '../../../main/station/telemetry/reading.ts'

const values = (reading: Reading | undefined) => reading?.samples.map(({ name, value }) => [name, value])

describe('JSON lines', () => {
  it('makes a sample of every number, nested keys joined with dots, with the unit of its name', () => {
    expect(readJsonLine('{"temp_c":21.5,"fan":{"rpm":1200,"ok":true},"cells":[3.1,3.2]}')?.samples).toEqual([
      { name: 'temp_c', labels: '{}', kind: 'gauge', unit: 'Cel', value: 21.5 },
      { name: 'fan.rpm', labels: '{}', kind: 'gauge', unit: '', value: 1200 },
      { name: 'fan.ok', labels: '{}', kind: 'state', unit: '', value: 1 },
      { name: 'cells.0', labels: '{}', kind: 'gauge', unit: '', value: 3.1 },
      { name: 'cells.1', labels: '{}', kind: 'gauge', unit: '', value: 3.2 },
    ])
  })

  it('takes uptime_ms as time since boot and t as a clock', () => {
    expect(readJsonLine('{"uptime_ms":12.4,"a":1}')).toMatchObject({ tDev: 12, sinceBoot: true })
    expect(readJsonLine('{"t":99,"a":1}')).toEqual({ tDev: 99, samples: [expect.objectContaining({ name: 'a' })] })
  })

  it('makes an event of a message, with its level, code and text fields, and still samples of its numbers', () => {
    const reading = readJsonLine('{"level":"warning","code":"D-1","message":"drift","pump":"left","pct":5}')
    expect(reading?.event).toEqual({ severity: 13, code: 'D-1', text: 'drift pump="left"' })
    expect(values(reading)).toEqual([['pct', 5]])
  })

  it('makes a state of a text where the line is no event, and an event of a long text', () => {
    expect(readJsonLine('{"mode":"idle"}')?.samples[0]).toMatchObject({ labels: '{"state":"idle"}', kind: 'state' })
    expect(readJsonLine(`{"mode":"${'x'.repeat(65)}"}`)?.event).toMatchObject({ code: 'text', severity: 9 })
  })

  it('takes a level without a message as a measurement', () => {
    expect(values(readJsonLine('{"level":3,"temp":20}'))).toEqual([
      ['level', 3],
      ['temp', 20],
    ])
  })

  it('takes totals and counts as counters', () => {
    expect(readJsonLine('{"rx_total":1,"count":2,"country":3}')?.samples.map(({ kind }) => kind)).toEqual([
      'counter',
      'counter',
      'gauge',
    ])
  })

  it.each([
    ['broken', '{"a":1'],
    ['a list', '[1,2]'],
    ['a number', '5'],
    ['empty', '{}'],
    ['beyond a double', '{"a":1e999}'],
    ['too deep', `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`],
    ['too wide', JSON.stringify(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i])))],
  ])('understands nothing of a line that is %s', (_, text) => {
    expect(readJsonLine(text)).toBeUndefined()
  })

  it('is not misled by names of the prototype', () => {
    expect(values(readJsonLine('{"__proto__":1,"constructor":2,"level":"toString","msg":"x"}'))).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ])
  })
})

describe('logfmt', () => {
  it('reads numbers, numbers with units, truths, states and quoted texts', () => {
    const reading = readLogfmt('temp=21.5C hum=40 ok=true mode=idle name="a \\"b\\""')
    expect(reading?.samples.map(({ name, labels, unit, value }) => [name, labels, unit, value])).toEqual([
      ['temp', '{}', 'Cel', 21.5],
      ['hum', '{}', '', 40],
      ['ok', '{}', '', 1],
      ['mode', '{"state":"idle"}', '', 1],
      ['name', '{"state":"a \\"b\\""}', '', 1],
    ])
  })

  it('reads a message as an event', () => {
    expect(readLogfmt('level=error msg="door open" code=E7 door=3')).toMatchObject({
      event: { severity: 17, code: 'E7', text: 'door open' },
      samples: [{ name: 'door', value: 3 }],
    })
  })

  it.each(['plain text', 'a=1 and b=2', '=1', 'a="open', ''])('leaves %j alone', (text) => {
    expect(readLogfmt(text)).toBeUndefined()
  })
})

describe('InfluxDB line protocol', () => {
  it('reads tags as sorted labels, fields as series, the time stamp in ms', () => {
    expect(
      readInflux('weather,site=b,area=a temp_c=82.5,rain=3i,wet=T,sky="grey \\"x\\"" 1465839830100400200'),
    ).toEqual({
      tDev: 1465839830100,
      samples: [
        { name: 'weather.temp_c', labels: '{"area":"a","site":"b"}', kind: 'gauge', unit: 'Cel', value: 82.5 },
        { name: 'weather.rain', labels: '{"area":"a","site":"b"}', kind: 'gauge', unit: '', value: 3 },
        { name: 'weather.wet', labels: '{"area":"a","site":"b"}', kind: 'state', unit: '', value: 1 },
        {
          name: 'weather.sky',
          labels: '{"area":"a","site":"b","state":"grey \\"x\\""}',
          kind: 'state',
          unit: '',
          value: 1,
        },
      ],
    })
  })

  it('reads escapes and lines without tags and time', () => {
    expect(values(readInflux('my\\ pump,a\\=b=c\\,d flow=1'))).toEqual([['my pump.flow', 1]])
  })

  it.each(['# comment a=1', 'a b', 'a b=', 'a b=1,', 'a b=1 c=2', 'a b=1 12 13', 'a,b c=1', 'a b=1e999'])(
    'leaves %j alone',
    (text) => {
      expect(readInflux(text)).toBeUndefined()
    },
  )
})
