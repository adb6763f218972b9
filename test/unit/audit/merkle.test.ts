// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import {
  emptyRoot,
  frontierAt,
  frontierRoot,
  grow,
  leafHash,
  treeRoot,
  type Frontier,
} from '../../../main/station/audit/merkle.ts'
import { completeNodes } from '../../support/merkle.ts'

/** The test inputs of Certificate Transparency and the roots of their first 1 … 8 (RFC 6962 reference code). */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const hashes = inputs.map((input) => leafHash(Buffer.from(input, 'hex')))

describe('the tree of RFC 6962', () => {
  it('has the root of the empty string without leaves', () => {
    expect(emptyRoot).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(treeRoot(() => '', 0)).toBe(emptyRoot)
    expect(frontierRoot({ size: 0, peaks: [] })).toBe(emptyRoot)
  })

  it.each(roots.map((root, index) => [index + 1, root] as const))(
    'has the reference root of %i leaves',
    (size, root) => {
      expect(treeRoot(completeNodes(hashes), size)).toBe(root)
      expect(frontierRoot(frontierAt(completeNodes(hashes), size))).toBe(root)
    },
  )

  it('grows leaf by leaf to the same roots', () => {
    const frontier: Frontier = { size: 0, peaks: [] }
    for (const [index, hash] of hashes.entries()) {
      grow(frontier, hash)
      expect(frontierRoot(frontier)).toBe(roots[index])
    }
  })

  it('names the subtrees that each leaf completes', () => {
    const frontier: Frontier = { size: 0, peaks: [] }
    const complete = completeNodes(Array.from({ length: 300 }, (_, i) => leafHash(Buffer.from([i % 256, i >> 8]))))
    for (let seq = 0; seq < 300; seq += 1) {
      const completed = grow(frontier, complete(0, seq))
      const expected: string[] = []
      for (let level = 1; (seq + 1) % 2 ** level === 0; level += 1) {
        expected.push(complete(level, (seq + 1) / 2 ** level - 1))
      }
      expect(completed).toEqual(expected)
    }
  })
})
