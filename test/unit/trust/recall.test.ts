// SPDX-License-Identifier: Apache-2.0
/** Rows 105 and 130 of docs/formats/refusals.md. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { recallSchema, type RecallEntry } from '../../../shared/formats/recall.ts'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { judgeRecall, recallEntriesFor, type Recallable } from '../../../main/station/trust/recall-match.ts'
import { judgeRecallUpdate, type RecallDocument } from '../../../main/station/trust/recall-update.ts'
import type { SignatureFile } from '../../../main/station/trust/standing.ts'
import { signManifest, testPki } from '../../support/pki.ts'

const hex = (digit: string): string => digit.repeat(64)
const entry = (id: string, match: RecallEntry['match'], reason = 'faulty'): RecallEntry => ({
  id,
  match,
  reason,
  severity: 'critical',
  instead: 'use 1.2.4',
})
const listOf = (version: number, ...entries: RecallEntry[]): RecallDocument => {
  const list = recallSchema.parse({
    kind: 'airlock.recall',
    schema: 1,
    version,
    issuedAt: '2026-05-01T00:00:00Z',
    entries,
  })
  return { list, digest: createHash('sha256').update(canonicalBytes(list)).digest('hex') }
}

const bundle: Recallable = {
  bundle: hex('1'),
  bundleId: '01234567-89ab-4def-8123-456789abcdef',
  product: 'pump',
  securityCounter: 4,
  payloads: [hex('2'), hex('3')],
  signers: [hex('4'), hex('5')],
}

describe('judgeRecall', () => {
  it.each([
    ['its manifest', { bundle: hex('1') }, true],
    ['another manifest', { bundle: hex('2') }, false],
    ['its id', { bundleId: bundle.bundleId }, true],
    ['another id', { bundleId: bundle.bundleId.replace('0', 'f') }, false],
    ['a payload', { payload: hex('3') }, true],
    ['another payload', { payload: hex('1') }, false],
    ['a counter above its own', { belowCounter: { product: 'pump', counter: 5 } }, true],
    ['its own counter', { belowCounter: { product: 'pump', counter: 4 } }, false],
    ['the counter of another product', { belowCounter: { product: 'valve', counter: 5 } }, false],
    ['a signer', { signer: hex('4') }, true],
    ["a signer's CA", { signer: hex('5') }, true],
    ['another signer', { signer: hex('1') }, false],
  ])('105: an entry for %s matches: %j %s', (_what, match, matches) => {
    const { list } = listOf(1, entry('A', { bundle: hex('f') }), entry('B', match))
    const facts = { reason: 'faulty', instead: 'use 1.2.4', listed: '2026-05-01' }
    expect(judgeRecall(list, bundle)).toEqual(matches ? { facts, code: 'recall.bundle', detail: 'B' } : undefined)
  })

  it('finds every entry that speaks of the bundle, and nothing without a list', () => {
    const { list } = listOf(
      1,
      entry('A', { bundle: hex('1') }),
      entry('B', { signer: hex('4') }),
      entry('C', { signer: hex('9') }),
    )
    expect(recallEntriesFor(list, bundle).map(({ id }) => id)).toEqual(['A', 'B'])
    expect(judgeRecall(undefined, bundle)).toBeUndefined()
  })
})

describe('judgeRecallUpdate', () => {
  const [one, two, changed] = [
    entry('A', { bundle: hex('1') }),
    entry('B', { signer: hex('2') }),
    entry('A', { bundle: hex('1') }, 'other'),
  ]
  const known = listOf(3, one)
  const content = canonicalBytes(known.list)
  const fileBy = (role: 'recall' | 'root'): SignatureFile => {
    const result = verifyCms(signManifest(content, role), content)
    if (!result.ok) throw new Error(result.code)
    return { role, name: `manifest.json.${role}.p7s`, signer: result.signer }
  }
  const [recall, root] = [fileBy('recall'), fileBy('root')]
  const judge = (
    next: RecallDocument,
    files: SignatureFile[] = [recall],
    before: RecallDocument | undefined = known,
  ): string => {
    const step = judgeRecallUpdate(before, next, files, testPki().policy)
    return step.ok ? step.step : step.code
  }

  it('takes a first list, and a higher one that only adds', () => {
    expect(judgeRecallUpdate(undefined, listOf(1, one), [recall], testPki().policy)).toEqual({ ok: true, step: 'step' })
    expect(judge(listOf(4, one, two))).toBe('step')
    expect(judge(listOf(9, one))).toBe('step')
  })

  it('takes the known one again', () => {
    expect(judge(known)).toBe('same')
  })

  it('130: refuses a list that is not higher', () => {
    expect(judge(listOf(2, one, two))).toBe('recall.rollback')
    expect(judge(listOf(3, one, two))).toBe('recall.rollback')
    expect(judge(listOf(3, one, two), [recall, root])).toBe('recall.rollback')
  })

  it('130: refuses to lose or change an entry without root', () => {
    expect(judge(listOf(4, two))).toBe('recall.rollback')
    expect(judge(listOf(4, changed))).toBe('recall.rollback')
    expect(judge(listOf(4))).toBe('recall.rollback')
    expect(judge(listOf(4, two), [recall, root])).toBe('step')
    expect(judge(listOf(4, changed), [recall, root])).toBe('step')
  })

  it('does not take one key for both roles', () => {
    const twice = { ...recall, role: 'root' as const, name: 'manifest.json.root.p7s' }
    expect(judge(listOf(4), [recall, twice])).toBe('recall.rollback')
  })
})
