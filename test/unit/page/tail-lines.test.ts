// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import {
  followAgain,
  hold,
  levelOf,
  mostLines,
  noTail,
  silenceOf,
  takeView,
  type View,
} from '../../../renderer/features/devices/tail-lines.ts'
import type { DeviceLook } from '../../../renderer/state/device-look.ts'
import type { StationPort } from '../../../renderer/state/station.ts'

const view = (texts: readonly string[], rest: Partial<View> = {}): View => ({
  listens: true,
  first: false,
  missed: 0,
  lines: texts.map((text) => ({ t: 0, severity: null, text })),
  ...rest,
})

describe('the tail of a device in the page', () => {
  it('begins anew, goes on, forgets what is far back, and adds up what was not shown', () => {
    let tail = takeView(noTail, view(['a', 'b'], { first: true }))
    tail = takeView(
      tail,
      view(
        Array.from({ length: mostLines }, (_, n) => String(n)),
        { missed: 7 },
      ),
    )
    tail = takeView(tail, view(['last'], { missed: 3 }))
    expect([tail.lines.length, tail.lines.at(-1)?.text, tail.lines[0]?.text, tail.missed]).toEqual([
      1000,
      'last',
      '1',
      10,
    ])
    expect(takeView(tail, view(['other'], { first: true, listens: false }))).toMatchObject({
      missed: 0,
      listens: false,
    })
  })

  it('stands still while somebody reads, counts what comes, and follows again', () => {
    const held = takeView(hold(takeView(noTail, view(['a']))), view(['b', 'c'], { missed: 2 }))
    expect(held.held?.map(({ text }) => text)).toEqual(['a'])
    expect(hold(held).held).toBe(held.held)
    expect(held.newer).toBe(4)
    expect(followAgain(held)).toMatchObject({
      held: undefined,
      newer: 0,
      lines: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
    })
  })

  it('has a word for each severity', () => {
    expect([1, 4, 5, 9, 12, 13, 17, 21, 24].map(levelOf)).toEqual([
      'trace',
      'trace',
      'debug',
      'info',
      'info',
      'warning',
      'error',
      'fatal',
      'fatal',
    ])
  })

  it('says why a device is not listened to', () => {
    const place = { id: 'p', number: 1, name: null, here: true }
    const look = { place, halfWritten: false } as DeviceLook
    const port = (owner: StationPort['owner']): StationPort => ({ id: 'p', number: 1, name: null, label: 'p', owner })
    expect(silenceOf(look, undefined)).toBe('away')
    expect(silenceOf({ ...look, place: null }, port('free'))).toBe('away')
    expect(silenceOf({ ...look, halfWritten: true }, port('flashing'))).toBe('writing')
    expect(silenceOf({ ...look, halfWritten: true }, port('free'))).toBe('half')
    expect(silenceOf(look, port('telemetry'))).toBe('other')
    expect(silenceOf({ ...look, place: { ...place, here: false } }, port('free'))).toBe('replugged')
    expect(silenceOf(look, port('free'))).toBe('off')
  })
})
