// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import {
  closeCollector,
  collect,
  openCollector,
  type CollectorOptions,
} from '../../../main/station/telemetry/collector.ts'
import type { Identity, Output } from '../../../main/station/telemetry/output.ts'

const port: Identity = { device: 'port:1-2' }

/** Lines (or times to wait, ms) → everything that came out. */
const run = (script: (string | number)[], options: CollectorOptions = {}, identity = port): Output[] => {
  let t = 1000
  let state = openCollector(identity, t, options)
  const outputs: Output[] = []
  for (const entry of script) {
    if (typeof entry === 'number') {
      t += entry
      continue
    }
    const step = collect(state, { text: entry, encoding: 'utf-8', whole: true, torn: false }, t)
    state = step.state
    outputs.push(...step.outputs)
  }
  outputs.push(...closeCollector(state, t, 'closed').outputs)
  return outputs
}

const banner = (fw: string, cause: string, serial = 'S1') =>
  `{"boot":{"model":"AL-1","serial":"${serial}","hw":"b","fw":"${fw}","cause":"${cause}"}}`

const story = (outputs: Output[]) =>
  outputs.flatMap((output) => {
    if (output.type === 'session-open') return [`open ${output.session} ${output.kind} ${output.identity.device}`]
    if (output.type === 'session-facts') return [`facts ${output.session} ${output.kind} ${output.identity.device}`]
    if (output.type === 'session-close') return [`close ${output.session} ${output.reason}`]
    if (output.type === 'crash') return [`crash ${output.session} ${output.crash.kind} ${output.crash.reason}`]
    if (output.type === 'crash-more') return [`more ${output.session} ${output.crash.kind} ${output.crash.reason}`]
    return []
  })

describe('a crash that goes on telling', () => {
  it('keeps its first addresses only', () => {
    const line = 'Backtrace: 0x400d1ff3:0x3ffb4fb0 0x400d2001:0x3ffb4fd0'
    const outputs = run(['HardFault at 0x0800', ...Array.from({ length: 500 }, () => line)])
    const frames = outputs.flatMap((output) => (output.type === 'crash-more' ? [output.crash.frames.length] : []))
    expect([frames[0], frames.at(-1)]).toEqual([2, 64])
  })
})

describe('sessions', () => {
  it('begin at the opening of the port once something is heard, and end when it closes', () => {
    expect(run([500, 'hello'])).toEqual([
      { type: 'session-open', session: 0, t: 1000, identity: port, kind: 'unknown', reason: 'port open' },
      { type: 'line', session: 0, t: 1500, tDev: null, seq: 0, text: 'hello', encoding: 'utf-8', whole: true },
      { type: 'session-close', session: 0, t: 1500, reason: 'closed' },
    ])
  })

  it('say nothing of a port that stayed silent', () => {
    expect(run([500])).toEqual([])
  })

  it('begin at a boot marker, known by the serial number as printed', () => {
    expect(story(run(['x', banner('1.0.0', 'power-on')]))).toEqual([
      'open 0 unknown port:1-2',
      'close 0 boot',
      'open 1 cold S1',
      'close 1 closed',
    ])
  })

  it('begin when uptime goes back, but not when tasks print out of order or the counter goes round', () => {
    const at = (uptime: number) => `{"uptime_ms":${uptime},"a":1}`
    expect(story(run([at(60_000), at(59_500), at(100)]))).toEqual([
      'open 0 unknown port:1-2',
      'close 0 uptime',
      'open 1 unknown port:1-2',
      'close 1 closed',
    ])
    expect(story(run([at(2 ** 32 - 5), at(40)]))).toHaveLength(2)
  })

  it('are one where ROM, loader, system and application of the same start speak', () => {
    const start = [
      'rst:0x1 (POWERON_RESET),boot:0x13',
      '*** Booting MCUboot v2.1.0 ***',
      '*** Booting Zephyr OS build v3 ***',
    ]
    expect(story(run([...start, banner('1.0.0', 'software')]))).toEqual([
      'open 0 cold port:1-2',
      'facts 0 cold port:1-2',
      'facts 0 cold port:1-2',
      'facts 0 cold S1',
      'close 0 closed',
    ])
  })

  it('are two where the same stage speaks again, or a later one too late', () => {
    expect(story(run([banner('1', 'power-on'), banner('1', 'external')]))).toContain('open 1 unknown S1')
    expect(story(run(['*** Booting Zephyr OS build v3 ***', 31_000, banner('1', 'external')]))).toContain(
      'open 1 unknown S1',
    )
  })

  it('take the first start after a flash for the update that it is, the next one for what it tells', () => {
    const outputs = run([banner('2', 'watchdog'), banner('2', 'watchdog')], { expect: 'update' })
    expect(story(outputs)).toEqual([
      'open 0 update S1',
      'crash 0 watchdog watchdog',
      'close 0 boot',
      'open 1 watchdog S1',
      'close 1 closed',
    ])
  })

  it('do not take a brown-out after a flash for an update', () => {
    expect(story(run([banner('2', 'brown-out')], { expect: 'update' }))[0]).toBe('open 0 brownout S1')
  })
})

describe('identity', () => {
  const known: Identity = { device: 'id-1', serial: 'S1', firmware: '1', build: 'abc' }
  const opened = (outputs: Output[]) => outputs.findLast((output) => output.type === 'session-open')?.identity

  it('keeps the name it was given while the serial number is the same, and the build with its version', () => {
    expect(opened(run([banner('1', '')], {}, known))).toMatchObject({ device: 'id-1', firmware: '1', build: 'abc' })
    expect(opened(run([banner('2', '')], {}, known))).not.toHaveProperty('build')
  })

  it('follows another serial number: another board was plugged in', () => {
    expect(opened(run([banner('1', '', 'S2')], {}, known))).toEqual({
      device: 'S2',
      serial: 'S2',
      model: 'AL-1',
      hardware: 'b',
      firmware: '1',
    })
  })

  it('takes the id of the registry for a device that is known there', () => {
    const deviceIdOf = (model: string, serial: string) => (model === 'AL-1' && serial === 'S2' ? 'id-2' : undefined)
    expect(opened(run([banner('1', '', 'S2')], { deviceIdOf }, known))?.device).toBe('id-2')
  })

  it('keeps a name that was given without a serial number', () => {
    expect(opened(run([banner('1', '')], {}, { device: 'id-1' }))).toMatchObject({ device: 'id-1', serial: 'S1' })
  })
})

describe('crashes', () => {
  it('are one for all lines of a dump, named by the line that says most', () => {
    const dump = ['ASSERTION FAIL [x] @ q.c:7', '>>> ZEPHYR FATAL ERROR 4: Kernel panic on CPU 0']
    expect(story(run(dump))).toEqual([
      'open 0 unknown port:1-2',
      'crash 0 assert [x] @ q.c:7',
      'more 0 assert [x] @ q.c:7',
      'close 0 closed',
    ])
    expect(story(run(dump.toReversed()))).toContain('more 0 assert [x] @ q.c:7')
  })

  it('are two when they are far apart', () => {
    const crash = '>>> ZEPHYR FATAL ERROR 4: Kernel panic on CPU 0'
    expect(run([crash, 11_000, crash]).filter(({ type }) => type === 'crash')).toHaveLength(2)
  })

  it('belong to the session that the watchdog ended, and the report that follows completes them', () => {
    const report = '{"crash":{"kind":"watchdog","reason":"no kick","pc":"0x01ab"}}'
    const outputs = run([banner('1', 'power-on'), '{"a":1}', banner('1', 'watchdog'), report])
    expect(story(outputs)).toEqual([
      'open 0 cold S1',
      'crash 0 watchdog watchdog',
      'close 0 boot',
      'open 1 watchdog S1',
      'more 0 watchdog no kick',
      'close 1 closed',
    ])
    expect(outputs.find(({ type }) => type === 'crash-more')).toMatchObject({ seq: 1, crash: { frames: ['0x01ab'] } })
  })

  it('belong to the session that tells where nothing was heard before', () => {
    const report = '{"crash":{"kind":"watchdog","reason":"no kick","pc":"0x01ab"}}'
    expect(story(run([banner('1', 'watchdog'), report]))).toEqual([
      'open 0 watchdog S1',
      'crash 0 watchdog watchdog',
      'more 0 watchdog no kick',
      'close 0 closed',
    ])
  })

  it('make the restart after them a panic where the device does not know better', () => {
    const outputs = run([
      banner('1', 'power-on'),
      "Guru Meditation Error: Core  0 panic'ed (LoadProhibited)",
      'rst:0xc (SW_CPU_RESET),boot:0x13',
    ])
    expect(story(outputs)).toContain('open 1 panic S1')
    expect(outputs.filter(({ type }) => type === 'crash')).toHaveLength(1)
  })

  it('are not counted again by the watchdog that ends a hanging crash', () => {
    const outputs = run([banner('1', 'power-on'), 'ASSERTION FAIL [x] @ q.c:7', banner('1', 'watchdog')])
    expect(outputs.filter(({ type }) => type === 'crash')).toHaveLength(1)
  })
})

describe('records', () => {
  it('are numbered without gaps, every one', () => {
    const outputs = run(['x', '{"uptime_ms":5,"a":1,"b":2}', '{"msg":"m","c":3}', banner('1', 'watchdog'), 'y'])
    const numbers = outputs.flatMap((output) => ('seq' in output && output.type !== 'crash-more' ? [output.seq] : []))
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it('come apart where a reset left half a line in front of the banner', () => {
    const outputs = run([`{"uptime_ms":5,"te${banner('1', 'power-on')}`])
    expect(outputs.find(({ type }) => type === 'line')).toMatchObject({ text: '{"uptime_ms":5,"te', whole: false })
    expect(story(outputs)).toContain('open 1 cold S1')
  })
})
