// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { judgeApprovalProof, judgeAuditHead, readAuditHead } from '../../../main/cli/lake/audit-head.ts'
import { judgeChain, judgeStationKey, type Link } from '../../../main/cli/lake/link.ts'
import { originOf, signCheckpoint, type Checkpoint } from '../../../main/station/audit/checkpoint.ts'
import { logKeyOf } from '../../../main/station/audit/keys.ts'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  treeRoot,
  type Nodes,
} from '../../../main/station/audit/merkle.ts'

const station = '00000000-0000-4000-8000-000000000002'
const leafOf = (index: number): string => leafHash(Buffer.from(`entry ${index}`))
const nodes: Nodes = (level, index) =>
  level === 0 ? leafOf(index) : nodeHash(nodes(level - 1, 2 * index), nodes(level - 1, 2 * index + 1))
const headOf = (size: number, epoch = 1): Checkpoint => ({
  origin: originOf(station, epoch),
  size,
  root: treeRoot(nodes, size),
})
const link = (number: number, changes: Partial<Link> = {}): Link => ({
  id: `archive-${number}`,
  station,
  number,
  previous: number === 1 ? null : `archive-${number - 1}`,
  signer: 'key-1',
  head: headOf(number * 3),
  ...changes,
})

describe('judgeChain', () => {
  it('takes the first, the next, and one that it has already', () => {
    expect(judgeChain(link(1), [])).toBeUndefined()
    expect(judgeChain(link(2), [link(1)])).toBeUndefined()
    expect(judgeChain(link(2), [link(1), link(2)])).toBeUndefined()
  })

  it('finds a gap, and takes what fills it', () => {
    expect(judgeChain(link(3), [link(1)])).toMatchObject({ code: 'archive.gap' })
    expect(judgeChain(link(2), [])).toMatchObject({ code: 'archive.gap' })
    expect(judgeChain(link(2), [link(1), link(3)])).toBeUndefined()
  })

  it('finds a fork on either side', () => {
    const fork = 'rollback.equivocation'
    expect(judgeChain(link(2, { id: 'other' }), [link(1), link(2)])).toMatchObject({ code: fork })
    expect(judgeChain(link(2, { previous: 'other' }), [link(1)])).toMatchObject({ code: fork })
    expect(judgeChain(link(2, { id: 'other' }), [link(1), link(3)])).toMatchObject({ code: fork })
  })

  it('keeps the chains of stations apart', () => {
    expect(judgeChain(link(1, { station: 'other', id: 'x' }), [link(1)])).toBeUndefined()
  })
})

describe('judgeStationKey', () => {
  it('ties a key to the station that it first signed for', () => {
    expect(judgeStationKey(link(2), [link(1)])).toBeUndefined()
    expect(judgeStationKey(link(1, { station: 'other' }), [link(1)])).toMatchObject({ code: 'trust.scope' })
    expect(judgeStationKey(link(2, { signer: 'key-2' }), [link(1)])).toMatchObject({ code: 'archive.unknown-station' })
    expect(judgeStationKey(link(3, { signer: 'key-2' }), [link(1), link(2, { signer: 'key-2' })])).toBeUndefined()
  })
})

describe('the audit head', () => {
  const manifest = (consistency?: { from: number; proof: string[] }) => ({
    audit: { checkpoint: '', key: '', ...(consistency === undefined ? {} : { consistency }) },
  })

  it('may grow, and says whether that is proven', () => {
    const proof = { from: 3, proof: consistencyProof(nodes, 3, 6) }
    expect(judgeAuditHead(link(2), manifest(proof), [link(1)])).toBeUndefined()
    expect(judgeAuditHead(link(2), manifest(), [link(1)])).toEqual({ remark: 'grew from 3 to 6, not proven' })
    expect(judgeAuditHead(link(1), manifest(), [])).toEqual({ remark: 'first head of this station' })
  })

  it('may not shrink, change or go back to an older epoch', () => {
    const rolledBack = { code: 'audit.rolled-back' }
    expect(judgeAuditHead(link(2, { head: headOf(2) }), manifest(), [link(1)])).toMatchObject(rolledBack)
    expect(
      judgeAuditHead(link(2, { head: headOf(9) }), manifest(), [link(1), link(3, { head: headOf(8) })]),
    ).toMatchObject(rolledBack)
    expect(judgeAuditHead(link(2), manifest(), [link(1, { head: headOf(3, 2) })])).toMatchObject(rolledBack)
    const changed = { ...headOf(3), root: leafOf(99) }
    expect(judgeAuditHead(link(2, { head: changed }), manifest(), [link(1)])).toMatchObject({ code: 'audit.changed' })
    const wrong = { from: 3, proof: consistencyProof(nodes, 3, 7) }
    expect(judgeAuditHead(link(2), manifest(wrong), [link(1)])).toMatchObject({ code: 'audit.changed' })
  })

  it('begins anew with a new epoch', () => {
    expect(judgeAuditHead(link(2, { head: headOf(1, 2) }), manifest(), [link(1)])).toEqual({ remark: 'new epoch 2' })
  })

  const key = logKeyOf(originOf(station, 1), generateKeyPairSync('ed25519').privateKey)
  const facts = (checkpoint: string, vkey = key.note.vkey) => ({ station, audit: { checkpoint, key: vkey } })

  it('opens with the key beside it, for the station that sends it', () => {
    const note = signCheckpoint(headOf(5), key)
    expect(readAuditHead(facts(note))).toMatchObject({ ok: true, value: { size: 5 } })
    expect(readAuditHead(facts(note.replace('\n5\n', '\n6\n')))).toMatchObject({ ok: false, code: 'audit.note' })
    expect(readAuditHead(facts(note, 'nonsense'))).toMatchObject({ ok: false, code: 'audit.note' })
    expect(readAuditHead({ ...facts(note), station: 'other' })).toMatchObject({ ok: false, code: 'audit.note' })
  })

  it('covers the approval', () => {
    const inclusion = { index: 2, size: 5, leaf: leafOf(2), proof: inclusionProof(nodes, 2, 5) }
    const approval = { person: 'p', meaning: 'approved', time: '2026-06-01T08:00:00Z', contentDigest: '' } as const
    expect(judgeApprovalProof({ approval: { ...approval, inclusion } }, headOf(5))).toBeUndefined()
    expect(judgeApprovalProof({ approval }, headOf(5))).toBeUndefined()
    expect(
      judgeApprovalProof({ approval: { ...approval, inclusion: { ...inclusion, index: 3 } } }, headOf(5)),
    ).toMatchObject({ code: 'audit.changed' })
    expect(judgeApprovalProof({ approval: { ...approval, inclusion } }, headOf(6))).toMatchObject({
      code: 'audit.changed',
    })
  })
})
