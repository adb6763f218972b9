// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { countTiles, partOf, proposed, suits, tileOf, type Place } from '../../../renderer/features/bench/plan.ts'
import type { Job } from '../../../renderer/state/jobs.ts'
import type { BundleDetails, Device } from '../../../renderer/state/station.ts'
import { AirlockError } from '../../../shared/errors.ts'

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
  compat: [{ model: 'pump', hardware: ['c', 'd'] }],
  payloadBytes: 1,
}
const device: Device = { id: '1', serial: 'P-1', model: 'pump', hardware: 'c', version: '1.0.0', lastSeen: 0 }
const port = { id: '/dev/a', number: 1, name: null, label: 'a', owner: 'free' as const }
const place: Place = { port: port.id, present: port, device, job: undefined, fault: undefined, leftOut: false }
const job = (changes: Partial<Job>): Job => ({
  id: '3f2c9c1e-8a54-4a5b-9d43-0a8f4f1d2b6c',
  kind: 'flashing',
  state: 'running',
  startedAt: 0,
  endedAt: null,
  person: 'p',
  subject: port.id,
  progress: null,
  code: null,
  result: null,
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

describe('how far a job is', () => {
  const stages = [
    { stage: 'check' },
    { stage: 'identify' },
    { stage: 'write', done: 0, total: 100 },
    { stage: 'write', done: 50, total: 100 },
    { stage: 'write', done: 100, total: 100 },
    { stage: 'verify', done: 0, total: 100 },
    { stage: 'verify', done: 100, total: 100 },
    { stage: 'reset' },
    { stage: 'confirm' },
  ]

  it('only ever grows, goes on from writing into checking, and never stands at the end while work goes on (ux 28)', () => {
    const parts = stages.map((progress) => partOf(progress))
    expect(parts).toEqual([...parts].sort((a, b) => a - b))
    expect(Math.max(...parts)).toBeLessThan(1)
  })

  it('says each stage in its own word (ux 27)', () => {
    const words = stages.map((progress) => tileOf({ ...place, job: job({ progress }) }, bundle).state)
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
  it('says updated only with what the device itself said after its restart (ux 26)', () => {
    const result = {
      device: 'P-1',
      from: '1.0.0',
      to: '2.0.0',
      imageSha256: 'a'.repeat(64),
      readBackSha256: 'a'.repeat(64),
      seconds: 4,
      recoveries: 0,
      skippedUnits: 0,
    }
    const tile = tileOf({ ...place, job: job({ state: 'done', endedAt: 9, result }) }, bundle)
    expect(tile).toMatchObject({ state: 'updated', serial: 'P-1', from: '1.0.0', to: '2.0.0', part: 1, at: 9 })
  })

  it.each([
    ['flash.unplugged', 'unplugged'],
    ['flash.timeout', 'noAnswer'],
    ['flash.verify', 'didNotMatch'],
    ['device.unknown', 'whoIsIt'],
    ['compat.hardware', 'notSuitable'],
    ['flash.protected', 'stopped'],
  ] as const)('shows %s as %s, and cannot be put into the plan', (code, state) => {
    const tile = tileOf({ ...place, job: job({ state: 'failed' }), fault: new AirlockError(code) }, bundle)
    expect(tile).toMatchObject({ state, selectable: false })
  })

  it('keeps its place when nothing is plugged in', () => {
    expect(tileOf({ ...place, present: undefined }, bundle)).toMatchObject({ state: 'free', port: port.id })
  })

  it('can be left out and taken back, but a device that does not suit cannot be taken in (ux 25)', () => {
    expect(tileOf({ ...place, leftOut: true }, bundle)).toMatchObject({ state: 'aside', selectable: true })
    expect(tileOf({ ...place, device: { ...device, model: 'valve' } }, bundle).selectable).toBe(false)
  })
})

describe('the bench', () => {
  it('counts every tile under one line', () => {
    const tiles = [
      tileOf(place, bundle),
      tileOf({ ...place, device: { ...device, model: 'valve' } }, bundle),
      tileOf({ ...place, job: job({}) }, bundle),
      tileOf({ ...place, fault: new AirlockError('flash.timeout') }, bundle),
      tileOf({ ...place, present: undefined }, bundle),
    ]
    expect(countTiles(tiles)).toEqual({
      updated: 0,
      active: 1,
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
