// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../main/station/audit/merkle.ts'
import { completeNodes, slowRoot } from '../support/merkle.ts'

const largest = 200
const hashes = Array.from({ length: largest }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)))
const nodes = completeNodes(hashes)
const roots = Array.from({ length: largest + 1 }, (_, size) => slowRoot(hashes.slice(0, size)))
const at = (list: readonly string[], index: number): string => list[index] ?? ''

/** Any leaf of any tree up to the largest size. */
const place = fc.integer({ min: 1, max: largest }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)))

describe('proofs over every tree up to 200 leaves', () => {
  it('give the roots of the definition', () => {
    for (let size = 0; size <= largest; size += 1) expect(treeRoot(nodes, size)).toBe(roots[size])
  })

  it('prove every leaf in every tree', () => {
    for (let size = 1; size <= largest; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(nodes, index, size)
        if (!verifyInclusion(at(hashes, index), index, size, proof, at(roots, size)))
          expect([index, size]).toBe('proven')
      }
    }
  })

  it('prove every tree to be the beginning of every later one', () => {
    for (let newer = 1; newer <= largest; newer += 1) {
      for (let older = 1; older <= newer; older += 1) {
        const proof = consistencyProof(nodes, older, newer)
        if (!verifyConsistency(older, newer, proof, at(roots, older), at(roots, newer)))
          expect([older, newer]).toBe('proven')
      }
    }
  })

  it('prove nothing for another leaf, another place, another root or a changed proof', () => {
    const change = fc.record({ step: fc.nat(), digit: fc.nat(63) })
    fc.assert(
      fc.property(place, fc.nat(largest - 1), change, ([size, index], other, { step, digit }) => {
        const proof = inclusionProof(nodes, index, size)
        const leaf = at(hashes, index)
        const root = at(roots, size)
        if (other !== index) {
          expect(verifyInclusion(at(hashes, other), index, size, proof, root)).toBe(false)
          expect(verifyInclusion(leaf, other, size, proof, root)).toBe(false)
        }
        expect(verifyInclusion(leaf, index, size, proof, at(roots, size - 1))).toBe(false)
        expect(verifyInclusion(leaf, index, size, [...proof, leaf], root)).toBe(false)
        if (proof.length === 0) return
        expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false)
        const broken = proof.map((hash, i) =>
          i === step % proof.length
            ? `${hash.slice(0, digit)}${hash[digit] === '0' ? '1' : '0'}${hash.slice(digit + 1)}`
            : hash,
        )
        expect(verifyInclusion(leaf, index, size, broken, root)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('call no tree the beginning of one that it is not the beginning of', () => {
    fc.assert(
      fc.property(place, ([newer, index]) => {
        const older = index + 1
        const proof = consistencyProof(nodes, older, newer)
        const [a, b] = [at(roots, older), at(roots, newer)]
        expect(verifyConsistency(older, newer, proof, b, b)).toBe(older === newer)
        expect(verifyConsistency(older, newer, proof, a, at(roots, newer - 1))).toBe(false)
        expect(verifyConsistency(older, newer, [...proof, a], a, b)).toBe(false)
        if (older < newer) expect(verifyConsistency(older, newer, proof.slice(1), a, b)).toBe(false)
        expect(verifyConsistency(newer + 1, newer, proof, a, b)).toBe(false)
        expect(verifyConsistency(0, newer, proof, a, b)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})
