// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { bootStart, kindOfCause, readBootMarker } from '../../../main/station/telemetry/boot-marker.ts'
import { readCrashMarker } from '../../../main/station/telemetry/crash-marker.ts'
import { crashFingerprint } from '../../../main/station/telemetry/fingerprint.ts'

const banner =
  '{"boot":{"model":"AL-1","serial":"S1","hw":"b","fw":"1.2.0","build":"abc","cause":"watchdog","boots":3}}'

describe('boot markers', () => {
  it('reads the banner of an application', () => {
    expect(readBootMarker(banner)?.boot).toEqual({
      stage: 3,
      kind: 'watchdog',
      reason: 'watchdog',
      model: 'AL-1',
      serial: 'S1',
      hardware: 'b',
      firmware: '1.2.0',
      build: 'abc',
      boots: 3,
    })
  })

  it('takes a field of another type, or a huge one, as not told', () => {
    expect(readBootMarker(`{"boot":{"model":5,"serial":"${'x'.repeat(99)}","boots":-1}}`)?.boot).toEqual({
      stage: 3,
      kind: 'unknown',
      reason: '',
    })
  })

  it.each([
    ['*** Booting Zephyr OS build v3.7.0 ***', { stage: 2, kind: 'unknown', reason: 'Zephyr OS build v3.7.0' }],
    ['*** Booting MCUboot v2.1.0 ***', { stage: 1, kind: 'unknown', reason: 'MCUboot v2.1.0' }],
    ['rst:0x1 (POWERON_RESET),boot:0x13', { stage: 0, kind: 'cold', reason: 'POWERON_RESET' }],
    ['rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13', { stage: 0, kind: 'brownout', reason: 'RTCWDT_BROWN_OUT_RESET' }],
    ['rst:0x8 (TG1WDT_SYS_RESET),boot:0x13', { stage: 0, kind: 'watchdog', reason: 'TG1WDT_SYS_RESET' }],
    ['rst:0xc (SW_CPU_RESET),boot:0x13', { stage: 0, kind: 'software', reason: 'SW_CPU_RESET' }],
  ])('reads %s', (text, boot) => {
    expect(readBootMarker(text)).toEqual({ samples: [], boot })
  })

  it.each(['{"boot":5}', '{"boots":1}', 'Booting', '{"boot":{'])('leaves %j alone', (text) => {
    expect(readBootMarker(text)).toBeUndefined()
  })

  it('finds a banner behind half a line', () => {
    expect(bootStart(`{"uptime_ms":12,"te${banner}`)).toBe(19)
    expect(bootStart(banner)).toBe(0)
    expect(bootStart('nothing')).toBe(0)
  })

  it('knows causes in many spellings', () => {
    const told = ['power-on', 'POR', 'external', 'brown-out', 'WDT', 'hard fault', 'ota', 'software', '']
    expect(told.map(kindOfCause)).toEqual([
      'cold',
      'cold',
      'unknown',
      'brownout',
      'watchdog',
      'panic',
      'update',
      'software',
      'unknown',
    ])
  })
})

describe('crash markers', () => {
  it.each([
    ['>>> ZEPHYR FATAL ERROR 0: CPU exception on CPU 0', 'hardfault', '0: CPU exception'],
    ['>>> ZEPHYR FATAL ERROR 4: Kernel panic on CPU 0', 'panic', '4: Kernel panic'],
    ['ASSERTION FAIL [n < 4] @ WEST_TOPDIR/app/src/q.c:77', 'assert', '[n < 4] @ WEST_TOPDIR/app/src/q.c:77'],
    ['***** MPU FAULT *****', 'hardfault', 'MPU FAULT'],
    ["Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.", 'panic', 'LoadProhibited'],
    [
      "Guru Meditation Error: Core  1 panic'ed (Interrupt wdt timeout on CPU1).",
      'watchdog',
      'Interrupt wdt timeout on CPU1',
    ],
    ['assert failed: app_main main.c:12 (x == 1)', 'assert', 'app_main main.c:12 (x == 1)'],
    ['abort() was called at PC 0x400d1234 on core 0', 'panic', 'abort()'],
    ['HardFault at 0x0800', 'hardfault', 'hard fault'],
  ])('reads %s', (text, kind, reason) => {
    expect(readCrashMarker(text)).toMatchObject({
      crash: { kind, reason },
      event: { severity: 21, code: 'crash', text },
    })
  })

  it('reads frames without a kind of their own', () => {
    expect(readCrashMarker('Backtrace: 0x400D1FF3:0x3ffb4fb0 0x400d2001:0x3ffb4fd0')?.crash).toEqual({
      rank: 0,
      frames: ['0x400d1ff3', '0x400d2001'],
    })
  })

  it('reads the report that an application writes after its restart', () => {
    expect(readCrashMarker('{"crash":{"kind":"watchdog","reason":"no kick","pc":"0x01ab","uptime_ms":9}}')).toEqual({
      samples: [],
      crash: { kind: 'watchdog', rank: 4, past: true, reason: 'no kick', frames: ['0x01ab'] },
      event: { severity: 21, code: 'crash', text: 'watchdog, no kick, 0x01ab' },
    })
  })

  it.each(['no hard faults so far', 'crash count 0', '{"crash":1}', ''])('leaves %j alone', (text) => {
    expect(readCrashMarker(text)).toBeUndefined()
  })
})

describe('crash fingerprint', () => {
  const crash = { kind: 'assert', build: 'abc', reason: 'q.c:77 at 0x2000aa', frames: ['1', '2', '3', '4'] } as const

  it('is the same for addresses of another run and for deeper frames', () => {
    expect(crashFingerprint({ ...crash, reason: 'q.c:77 at 0x20FF', frames: ['1', '2', '3'] })).toBe(
      crashFingerprint(crash),
    )
  })

  it.each([
    { kind: 'panic' as const },
    { build: 'abd' },
    { reason: 'q.c:78 at 0x2000aa' },
    { frames: ['2', '1', '3'] },
  ])('differs with %j', (change) => {
    expect(crashFingerprint({ ...crash, ...change })).not.toBe(crashFingerprint(crash))
  })
})
