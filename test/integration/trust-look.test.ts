// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { importFile, makeBundle, makeWorld, setUp, startWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

describe('what a station trusts', () => {
  it(
    'shows each key with its owner, its time and the bundles that its withdrawal would concern',
    { timeout: 90_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const station = await startWorld(world)
      const { technician, officer } = await setUp(station, world)
      const before = await officer.call('trust.look', {})
      expect(before.recall).toBeNull()
      expect(before.policy?.roles.flatMap(({ keys }) => keys).every(({ bundles }) => bundles.length === 0)).toBe(true)
      await makeBundle(world, { name: 'dosing' })
      const { bundle } = await importFile(technician, 'dosing.airfw')

      const { policy, history } = await officer.call('trust.look', {})
      const release = policy?.roles.find(({ role }) => role === 'release')
      const used = release?.keys.filter(({ bundles }) => bundles.length > 0)
      expect(used).toMatchObject([
        { state: 'trusted', bundles: [{ id: bundle?.id, product: 'dosing-controller', version: '2.0.0' }] },
      ])
      expect(used?.[0]?.name).toMatch(/release/i)
      const root = policy?.roles.find(({ role }) => role === 'root')
      expect(root?.keys[0]).toMatchObject({ bundles: [], name: null })
      expect(policy?.require).toContainEqual({ channel: 'production', roles: ['release', 'qa'] })
      expect(history).toMatchObject([{ version: policy?.version, by: 'Ada Castellanos' }])
      const listed = await officer.call('bundles.list', {})
      expect(listed.withdrawn).toEqual([])
      await expect(technician.call('trust.look', {})).resolves.toMatchObject({ policy: { version: policy?.version } })
    },
  )
})
