// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { countTiles, partOf, proposed, suits, tileOf, whys, type Place } from '../../../renderer/features/bench/plan.ts'
import type { RunTarget } from '../../../renderer/state/run.ts'
import type { BundleDetails, Device } from '../../../renderer/state/station.ts'
import { de } from '../../../renderer/text/de.ts'
import { en } from '../../../renderer/text/en.ts'

const bundle: BundleDetails = {
  bundle: {
    id: 'a'.repeat(64),
    bundleId: 'b',
    vendor: 'acme',
    product: 'pump',
    channel: 'production',
    version: '2.0.0',
    securityCounter: 1,
    importedAt: 0,
  },
  releasedAt: 0,
  expires: 1,
  signedBy: ['qa', 'release'],
  signers: [{ role: 'release', name: 'Acme Release' }],
  compat: [{ model: 'pump', hardware: ['c', 'd'] }],
  exceptions: [],
  payloadBytes: 1,
}
const device: Device = { id: '1', serial: 'P-1', model: 'pump', hardware: 'c', version: '1.0.0', lastSeen: 0 }
const port = { id: '/dev/a', number: 1, name: null, label: 'a', owner: 'free' as const }
const place: Place = { port: port.id, present: port, device, target: undefined, leftOut: false }
const target = (changes: Partial<RunTarget>): RunTarget => ({
  port: port.id,
  state: 'active',
  line: null,
  jobId: null,
  stage: null,
  done: 0,
  total: 0,
  leftMs: null,
  note: null,
  device: null,
  from: null,
  code: null,
  details: null,
  endedAt: null,
  by: 'Tara',
  ...changes,
})

describe('whether a device suits a bundle', () => {
  it.each([
    ['fits', device, { state: 'ready' }],
    ['is nobody yet', undefined, { state: 'ready', why: 'asksFirst' }],
    ['is another product', { ...device, model: 'valve' }, { state: 'notSuitable', why: 'model' }],
    ['has other hardware', { ...device, hardware: 'b' }, { state: 'notSuitable', why: 'hardware' }],
    ['has this version', { ...device, version: '2.0.0' }, { state: 'upToDate' }],
    ['has a newer version', { ...device, version: '2.0.1' }, { state: 'notSuitable', why: 'newer' }],
    ['has a pre-release of it', { ...device, version: '2.0.0-rc.1' }, { state: 'ready' }],
    ['lost its version in a cut-off write', { ...device, version: null }, { state: 'ready' }],
  ])('a device that %s', (_name, known, expected) => {
    expect(suits(known, bundle)).toEqual(expected)
  })
})

describe('how far a device is', () => {
  const stages = [
    { stage: 'check', done: 0, total: 0 },
    { stage: 'identify', done: 0, total: 0 },
    { stage: 'write', done: 0, total: 100 },
    { stage: 'write', done: 50, total: 100 },
    { stage: 'write', done: 100, total: 100 },
    { stage: 'verify', done: 0, total: 100 },
    { stage: 'verify', done: 100, total: 100 },
    { stage: 'reset', done: 100, total: 100 },
    { stage: 'confirm', done: 100, total: 100 },
  ]

  it('only ever grows, goes on from writing into checking, and never stands at the end while work goes on (ux 28)', () => {
    const parts = stages.map(partOf)
    expect(parts).toEqual([...parts].sort((a, b) => a - b))
    expect(Math.max(...parts)).toBeLessThan(1)
  })

  it('says each stage in its own word (ux 27)', () => {
    const words = stages.map((progress) => tileOf({ ...place, target: target(progress) }, bundle).state)
    expect(words).toEqual([
      'preparing',
      'preparing',
      'writing',
      'writing',
      'writing',
      'checking',
      'checking',
      'restarting',
      'restarting',
    ])
  })
})

describe('a tile', () => {
  it('says updated only when the run has heard the new version from the device itself', () => {
    const known = { serial: 'P-1', model: 'pump', hardware: 'c' }
    const tile = tileOf(
      { ...place, target: target({ state: 'updated', endedAt: 9, device: known, from: '1.0.0' }) },
      bundle,
    )
    expect(tile).toMatchObject({ state: 'updated', serial: 'P-1', from: '1.0.0', to: '2.0.0', part: 1, at: 9 })
  })

  it('is never ready for a bundle that was withdrawn', () => {
    const tile = tileOf({ ...place, device }, bundle, true)
    expect(tile).toMatchObject({ state: 'notSuitable', why: 'withdrawn', to: undefined, selectable: false })
  })

  it('says where a cut-off write stood', () => {
    const cut = target({ state: 'failed', code: 'flash.unplugged', stage: 'write', done: 50, total: 100 })
    const half: unknown = expect.closeTo(0.4)
    expect(tileOf({ ...place, target: cut }, bundle)).toMatchObject({ state: 'unplugged', part: half })
    expect(
      tileOf({ ...place, target: { ...cut, state: 'interrupted', code: 'flash.interrupted' } }, bundle),
    ).toMatchObject({ state: 'cutOff', part: half })
  })

  it('says where the write stood of a device whose plug is waited for', () => {
    const waited = target({ stage: 'unplugged', done: 50, total: 100 })
    const part: unknown = expect.closeTo(0.4)
    expect(tileOf({ ...place, target: waited }, bundle)).toMatchObject({ state: 'unplugged', part, fault: undefined })
  })

  it('says that another device is there than it shows (ux 32)', () => {
    const other = target({ state: 'failed', code: 'flash.wrong-device', details: { wanted: 'P-1', found: 'P-2' } })
    expect(tileOf({ ...place, target: other }, bundle)).toMatchObject({ state: 'stopped', why: 'otherDevice' })
  })

  it.each([
    ['flash.unplugged', 'unplugged'],
    ['flash.timeout', 'noAnswer'],
    ['flash.verify', 'didNotMatch'],
    ['device.unknown', 'whoIsIt'],
    ['compat.hardware', 'notSuitable'],
    ['flash.protected', 'stopped'],
  ] as const)('shows %s as %s, and cannot be put into the plan', (code, state) => {
    const tile = tileOf({ ...place, target: target({ state: 'failed', code }) }, bundle)
    expect(tile).toMatchObject({ state, selectable: false })
  })

  it('keeps its place when nothing is plugged in', () => {
    expect(tileOf({ ...place, present: undefined }, bundle)).toMatchObject({ state: 'free', port: port.id })
  })

  it('can be left out and taken back, but a device that does not suit cannot be taken in (ux 25)', () => {
    expect(tileOf({ ...place, leftOut: true }, bundle)).toMatchObject({ state: 'leftOut', selectable: true })
    expect(tileOf({ ...place, device: { ...device, model: 'valve' } }, bundle).selectable).toBe(false)
  })
})

describe('a device that is not in the plan', () => {
  it.each([
    ['English', en],
    ['German', de],
  ])('says why in at most five words in %s (ux 23)', (_name, texts) => {
    for (const why of whys) expect(texts[`bench.why.${why}`].split(' ').length, why).toBeLessThanOrEqual(5)
  })

  it('always has a reason', () => {
    const outs = [
      tileOf({ ...place, leftOut: true }, bundle),
      tileOf({ ...place, device: { ...device, model: 'valve' } }, bundle),
      tileOf({ ...place, device: { ...device, hardware: 'b' } }, bundle),
      ...(
        ['compat.hardware', 'compat.requires', 'rollback.counter', 'rollback.version', 'device.unknown'] as const
      ).map((code) => tileOf({ ...place, target: target({ state: 'failed', code }) }, bundle)),
      tileOf({ ...place, present: { ...port, owner: 'flashing' } }, bundle),
    ]
    expect(outs.filter(({ why }) => why === undefined)).toEqual([])
  })
})

describe('the bench', () => {
  it('counts every tile under one line', () => {
    const tiles = [
      tileOf(place, bundle),
      tileOf({ ...place, device: { ...device, model: 'valve' } }, bundle),
      tileOf({ ...place, target: target({}) }, bundle),
      tileOf({ ...place, target: target({ state: 'waiting', line: 1 }) }, bundle),
      tileOf({ ...place, target: target({ state: 'failed', code: 'flash.timeout' }) }, bundle),
      tileOf({ ...place, present: undefined }, bundle),
    ]
    expect(countTiles(tiles)).toEqual({
      updated: 0,
      active: 1,
      waiting: 1,
      ready: 1,
      upToDate: 0,
      aside: 0,
      needsYou: 1,
      notSuitable: 1,
    })
  })

  it('proposes the highest version of the product that came last', () => {
    const list = [
      { product: 'pump', version: '1.9.0' },
      { product: 'pump', version: '1.10.0' },
      { product: 'valve', version: '7.0.0' },
    ]
    expect(proposed(list)).toEqual({ product: 'pump', version: '1.10.0' })
    expect(proposed([])).toBeUndefined()
  })
})
