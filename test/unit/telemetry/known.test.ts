// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { createKnownSeries } from '../../../main/station/telemetry/known-series.ts'
import { createKnownTemplates } from '../../../main/station/telemetry/known-templates.ts'
import type { Sample } from '../../../main/station/telemetry/reading.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const open = () => {
  const store = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
  onTestFinished(() => store.close())
  return store
}
const sample = (name: string, labels = '{}'): Sample => ({ name, labels, kind: 'gauge', unit: '', value: 1 })

describe('known series', () => {
  it('are found again by device, name and labels, also after the cache was forgotten', () => {
    const known = createKnownSeries()
    open().transact((tx) => {
      const ids = () =>
        [
          known.find(tx, 'd1', sample('a')),
          known.find(tx, 'd1', sample('a', '{"x":"1"}')),
          known.find(tx, 'd2', sample('a')),
        ].map(({ id }) => id)
      const first = ids()
      expect(new Set(first).size).toBe(3)
      known.forget()
      expect(ids()).toEqual(first)
    })
  })

  it('share one overflow series per device beyond the limit, across restarts', () => {
    open().transact((tx) => {
      const known = createKnownSeries(2)
      for (const name of ['a', 'b']) known.find(tx, 'd1', sample(name))
      const third = known.find(tx, 'd1', sample('c'))
      known.forget()
      expect(known.find(tx, 'd1', sample('d'))).toEqual(third)
      expect(known.find(tx, 'd2', sample('c'))).not.toEqual(third)
      expect(createKnownSeries(3).find(tx, 'd1', sample('d'))).not.toEqual(third)
    })
  })
})

describe('known templates', () => {
  it('are one for messages of one statement', () => {
    open().transact((tx) => {
      const known = createKnownTemplates()
      const [a, b] = [known.find(tx, 'dose 1'), known.find(tx, 'dose 2')]
      expect(a.template).toBe(b.template)
      expect([a.arguments, b.arguments]).toEqual(['["1"]', '["2"]'])
    })
  })

  it('give way to whole texts beyond the limit, so that nothing is lost', () => {
    open().transact((tx) => {
      const known = createKnownTemplates(1)
      const first = known.find(tx, 'dose 1')
      const second = known.find(tx, 'level 2 low')
      expect(second.template).not.toBe(first.template)
      expect(second.arguments).toBe('["level 2 low"]')
      known.forget()
      expect(known.find(tx, 'dose 3').template).toBe(first.template)
      expect(known.find(tx, 'other').template).toBe(second.template)
    })
  })
})
