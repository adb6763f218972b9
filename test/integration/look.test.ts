// SPDX-License-Identifier: Apache-2.0
/** What screens look at beside the lists, asked of a real station. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importFile, makeBundle, makeWorld, setUp, startWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

describe('looking closer', () => {
  it('says what was signed about a bundle, and finds and proves the entry of its import', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const { technician, officer } = await setUp(station, world)
    await makeBundle(world, { name: 'pump' })
    const { bundle } = await importFile(technician, 'pump.airfw')
    const id = bundle?.id ?? ''

    const details = await technician.call('bundles.details', { id })
    expect(details).toMatchObject({
      bundle,
      signedBy: ['qa', 'release'],
      compat: [{ model: 'dosing-controller', hardware: null }],
      payloadBytes: 4096,
    })
    expect(details.expires).toBeGreaterThan(details.releasedAt)

    const found = await officer.call('audit.find', { action: 'bundle.import', outcome: 'ok', limit: 10 })
    expect(found.entries).toMatchObject([
      { actor: 'Tomas Keller', object: { type: 'bundle', id }, thing: 'dosing-controller 2.0.0', reason: null },
    ])
    const seq = found.entries[0]?.seq ?? -1
    expect((await officer.call('audit.find', { objectId: id, limit: 10 })).entries).toHaveLength(1)
    expect((await officer.call('audit.find', { before: seq, limit: 1 })).entries[0]?.seq).toBe(seq - 1)
    const signIns = { action: 'session.sign-in', limit: 1 }
    const { count, entries } = await officer.call('audit.find', signIns)
    expect(count).toBeGreaterThan(1)
    const second = await officer.call('audit.find', { ...signIns, offset: 1 })
    expect(second).toMatchObject({ count, entries: [{ action: 'session.sign-in' }] })
    expect(second.entries[0]?.seq).toBeLessThan(entries[0]?.seq ?? 0)
    expect(await officer.call('audit.find', { to: 1, limit: 1 })).toMatchObject({ count: 0, entries: [] })

    const { text, hash, entry } = await officer.call('audit.entry', { seq })
    expect(entry.seq).toBe(seq)
    expect(createHash('sha256').update('\0').update(text).digest('hex')).toBe(hash)
    expect(JSON.parse(text)).toMatchObject({ seq, action: 'bundle.import' })
  })

  it('knows no device, series or entry that is not there, and shows the log to nobody without the role', async () => {
    const world = await makeWorld(tempFolder())
    const { technician, officer } = await setUp(await startWorld(world), world)
    expect(await technician.call('ports.devices', {})).toEqual({ ports: [] })
    expect(await technician.call('telemetry.series', { device: 'P-1' })).toEqual({ series: [] })
    const nothing = { series: 1, from: 0, to: 1000, buckets: 10 }
    expect((await technician.call('telemetry.chart', nothing)).rows).toEqual([])
    await expect(technician.call('bundles.details', { id: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(officer.call('audit.entry', { seq: 99_999 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(technician.call('audit.find', { limit: 1 })).rejects.toMatchObject({ code: 'person.not-allowed' })
  })
})
