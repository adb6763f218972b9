// SPDX-License-Identifier: Apache-2.0
/** The Merkle tree of RFC 6962 section 2.1 with SHA-256. Hashes are lower-case hex; pure functions over them. */
import { hash } from 'node:crypto'
import { leafLimit } from './leaf.ts'

// One buffer each, filled and read inside one synchronous call: the one-shot hash wants its input in one piece.
const leafInput = Buffer.alloc(leafLimit + 1, 0)
const nodeInput = Buffer.alloc(65, 1)

/** Root of the tree without leaves. No checkpoint of it is ever published. */
export const emptyRoot = hash('sha256', '', 'hex')

/** SHA-256(0x00 ‖ leaf), section 2.1. */
export const leafHash = (leaf: Uint8Array): string => {
  leafInput.set(leaf, 1)
  return hash('sha256', leafInput.subarray(0, leaf.length + 1), 'hex')
}

/** SHA-256(0x01 ‖ left ‖ right), section 2.1. */
export const nodeHash = (left: string, right: string): string => {
  nodeInput.write(left, 1, 'hex')
  nodeInput.write(right, 33, 'hex')
  return hash('sha256', nodeInput, 'hex')
}

/** Gives the hash of the complete subtree over leaves [index·2^level, (index+1)·2^level). Level 0 is a leaf's hash. */
export type Nodes = (level: number, index: number) => string

/** Largest power of two below n (n > 1), as an exponent. */
const splitLevel = (n: number): number => 31 - Math.clz32(n - 1)

/** Root over leaves [from, to), as it occurs in the recursion of section 2.1. */
const rangeRoot = (nodes: Nodes, from: number, to: number): string => {
  const count = to - from
  if (count === 1) return nodes(0, from)
  const level = splitLevel(count)
  if (count === 2 ** (level + 1)) return nodes(level + 1, from / count)
  return nodeHash(nodes(level, from / 2 ** level), rangeRoot(nodes, from + 2 ** level, to))
}

/** Root of the tree of the first `size` leaves. */
export const treeRoot = (nodes: Nodes, size: number): string => (size === 0 ? emptyRoot : rangeRoot(nodes, 0, size))

/** PATH(index, D[size]), section 2.1.1: from the leaf's sibling up. */
export const inclusionProof = (nodes: Nodes, index: number, size: number): string[] => {
  const path = (from: number, to: number): string[] => {
    if (to - from === 1) return []
    const middle = from + 2 ** splitLevel(to - from)
    return index < middle
      ? [...path(from, middle), rangeRoot(nodes, middle, to)]
      : [...path(middle, to), rangeRoot(nodes, from, middle)]
  }
  return path(0, size)
}

/** PROOF(older, D[newer]), section 2.1.2, for 0 < older ≤ newer. */
export const consistencyProof = (nodes: Nodes, older: number, newer: number): string[] => {
  const sub = (from: number, to: number, whole: boolean): string[] => {
    if (older === to) return whole ? [] : [rangeRoot(nodes, from, to)]
    const middle = from + 2 ** splitLevel(to - from)
    return older <= middle
      ? [...sub(from, middle, whole), rangeRoot(nodes, middle, to)]
      : [...sub(middle, to, false), rangeRoot(nodes, from, middle)]
  }
  return sub(0, newer, true)
}

/** True when `proof` leads from a leaf's hash at `index` to `root` of a tree of `size` leaves (RFC 9162 2.1.3.2). */
export const verifyInclusion = (
  leaf: string,
  index: number,
  size: number,
  proof: readonly string[],
  root: string,
): boolean => {
  if (index >= size) return false
  let [fn, sn, result] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      result = nodeHash(sibling, result)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else result = nodeHash(result, sibling)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && result === root
}

/** True when the tree of `newer` leaves begins with the whole tree of `older` leaves (RFC 9162 2.1.4.2). */
export const verifyConsistency = (
  older: number,
  newer: number,
  proof: readonly string[],
  olderRoot: string,
  newerRoot: string,
): boolean => {
  if (older === newer) return proof.length === 0 && olderRoot === newerRoot
  if (older <= 0 || older > newer) return false
  const steps = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : [...proof]
  const [first, ...rest] = steps
  if (first === undefined) return false
  let [fn, sn] = [older - 1, newer - 1]
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  let [fr, sr] = [first, first]
  for (const step of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      ;[fr, sr] = [nodeHash(step, fr), nodeHash(step, sr)]
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else sr = nodeHash(sr, step)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && fr === olderRoot && sr === newerRoot
}

/** A growing tree by its right edge: the roots of its complete subtrees, the largest first. */
export type Frontier = { size: number; readonly peaks: string[] }

/** The frontier of the first `size` leaves. */
export const frontierAt = (nodes: Nodes, size: number): Frontier => {
  const peaks: string[] = []
  let start = 0
  for (let level = 30; level >= 0; level -= 1) {
    if (Math.floor(size / 2 ** level) % 2 === 0) continue
    peaks.push(nodes(level, start / 2 ** level))
    start += 2 ** level
  }
  return { size, peaks }
}

/** Adds a leaf's hash; gives the nodes of level 1 and up that it completes, lowest first. */
export const grow = (frontier: Frontier, leaf: string): string[] => {
  const completed: string[] = []
  let right = leaf
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    right = nodeHash(frontier.peaks.pop() ?? '', right)
    completed.push(right)
  }
  frontier.peaks.push(right)
  frontier.size += 1
  return completed
}

/** Root of a frontier's tree. */
export const frontierRoot = ({ peaks }: Frontier): string =>
  peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, left) => nodeHash(left, right))
