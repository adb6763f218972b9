// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { nextBox } from '../../../renderer/features/bench/next-box.ts'

/** Three rows of three tiles, the last row with two. */
const boxes = Array.from({ length: 8 }, (_, n) => ({ x: (n % 3) * 100, y: Math.floor(n / 3) * 80 }))

describe('arrows on the bench', () => {
  it.each([
    [0, 'ArrowRight', 1],
    [2, 'ArrowRight', 3],
    [4, 'ArrowLeft', 3],
    [1, 'ArrowDown', 4],
    [5, 'ArrowDown', 7],
    [7, 'ArrowUp', 4],
    [0, 'ArrowUp', undefined],
    [0, 'ArrowLeft', undefined],
    [7, 'ArrowRight', undefined],
    [6, 'ArrowDown', undefined],
  ])('go from tile %i by %s to %s, as they are laid out', (from, key, to) => {
    expect(nextBox(boxes, from, key)).toBe(to)
  })
})
