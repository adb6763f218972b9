// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { blockedBy, pairsOf, wordsOf, type SignState } from '../../../renderer/features/exports/review-model.ts'

describe('a record before and after', () => {
  it('says of every field what becomes of it, also of one that is only made on the way out', () => {
    const before = { device: 'P-1', value: 3, operator: 'Ada', note: null }
    const line = '{"device":"device-7x","value":3,"note":"","bucket":"a"}'
    expect(pairsOf({ table: 'points', before, line })).toEqual([
      { field: 'device', before: 'P-1', after: 'device-7x', fate: 'coded' },
      { field: 'value', before: '3', after: '3', fate: 'kept' },
      { field: 'operator', before: 'Ada', after: undefined, fate: 'removed' },
      { field: 'note', before: '', after: '', fate: 'kept' },
      { field: 'bucket', before: '', after: 'a', fate: 'coded' },
    ])
  })

  it('says of a number that became another one that it was rounded, and writes times to be read', () => {
    const before = { t: 1_795_420_801_113, value: 41.37 }
    expect(pairsOf({ table: 'points', before, line: '{"t":1795420800000,"value":41}' })).toEqual([
      { field: 't', before: '2026-11-23 08:00:01.113Z', after: '2026-11-23 08:00:00.000Z', fate: 'rounded' },
      { field: 'value', before: '41.37', after: '41', fate: 'rounded' },
    ])
    expect(pairsOf({ table: 'points', before: { t: 1e300 }, line: '' })[0]?.before).toBe('1e+300')
  })

  it('shows everything as removed where nothing leaves', () => {
    expect(pairsOf({ table: 'points', before: { a: 1 }, line: '' })).toEqual([
      { field: 'a', before: '1', after: undefined, fate: 'removed' },
    ])
  })
})

describe('what keeps an officer from signing', () => {
  const state: SignState = {
    officer: true,
    open: true,
    ownRequest: false,
    meaning: 'approve',
    undecided: 0,
    reason: '',
    password: 'p',
  }

  it.each([
    [{}, undefined],
    [{ officer: false }, 'notOfficer'],
    [{ open: false }, 'notOpen'],
    [{ ownRequest: true, undecided: 2 }, 'samePerson'],
    [{ undecided: 1, password: '' }, 'newFields'],
    [{ password: '' }, 'password'],
    [{ meaning: 'reject' as const, undecided: 1 }, 'reason'],
    [{ meaning: 'reject' as const, undecided: 1, reason: 'too much' }, undefined],
  ])('%j: %s', (changes, expected) => {
    expect(blockedBy({ ...state, ...changes })).toBe(expected)
  })
})

describe('a list of names', () => {
  it('has each word once, as it was typed but for space around it', () => {
    expect(wordsOf(' Ada Okafor \n\nhall-3\nhall-3\n')).toEqual(['Ada Okafor', 'hall-3'])
  })
})
