// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { worksNow } from '../../../renderer/state/works.ts'
import { de } from '../../../renderer/text/de.ts'
import { en } from '../../../renderer/text/en.ts'

const good = { audit: { code: null }, clock: { state: 'good' }, storage: { state: 'good' } } as const
const broken = { audit: { code: 'audit.leaf' } } as const
const clock = <S extends string>(state: S) => ({ clock: { state } })
const storage = <S extends string>(state: S) => ({ storage: { state } })

describe('what the notices promise', () => {
  it.each([
    ['nothing is wrong', {}, 'all'],
    ['the clock jumped and storage is low', { ...clock('stepped'), ...storage('low') }, 'all'],
    ['the clock is behind', clock('behind'), 'updating'],
    ['the clock is ahead and storage is low', { ...clock('ahead'), ...storage('low') }, 'updating'],
    ['the clock jumped and storage is full', { ...clock('stepped'), ...storage('full') }, 'updating'],
    ['the log is broken', broken, 'nothing'],
    ['the log is broken and the clock is behind', { ...broken, ...clock('behind') }, 'nothing'],
    ['the log is broken and the clock jumped', { ...broken, ...clock('stepped') }, 'nothing'],
    ['only the reserve is left and the clock is ahead', { ...clock('ahead'), ...storage('reserve') }, 'nothing'],
  ] as const)('is what goes on in truth where %s', (_what, wrong, expected) => {
    expect(worksNow({ ...good, ...wrong })).toBe(expected)
  })

  it('stands in no sentence that is always said', () => {
    const always = ['clock.wrongMore', 'clock.steppedMore', 'storage.lowMore', 'storage.fullMore'] as const
    for (const key of always) {
      expect(en[key]).not.toMatch(/works/)
      expect(de[key]).not.toMatch(/geht/)
    }
  })
})
