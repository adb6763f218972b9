// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { documentChanges } from '../../shared/formats/document-changes.ts'

it('finds an element of a list by its name, wherever it stands', () => {
  const before = {
    keys: [
      { spki: 'a', until: '1' },
      { spki: 'b', until: '2' },
    ],
    sites: ['x', 'y'],
    same: { deep: true },
  }
  const after = {
    keys: [
      { spki: 'c', until: '3' },
      { spki: 'b', until: '2' },
    ],
    sites: ['x'],
    same: { deep: true },
  }
  expect(documentChanges(before, after)).toEqual([
    { path: 'keys[a].until', from: '1', to: null },
    { path: 'keys[c].until', from: null, to: '3' },
    { path: 'sites', from: 'x y', to: 'x' },
  ])
})

it('says nothing of two documents that say the same, and everything of what one of them lacks', () => {
  expect(documentChanges({ a: [[1, 2], [3]] }, { a: [[1, 2], [3]] })).toEqual([])
  expect(documentChanges({}, { a: [[1, 2], [3]], b: null })).toEqual([
    { path: 'a[0]', from: null, to: '1 2' },
    { path: 'a[1]', from: null, to: '3' },
    { path: 'b', from: null, to: 'null' },
  ])
})
