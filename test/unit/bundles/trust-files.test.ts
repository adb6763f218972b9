// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { judgeTrustFiles } from '../../../main/station/bundles/trust-files.ts'
import { verifyPolicy, type TrustContext } from '../../../main/station/bundles/verify-trust.ts'
import type { SignatureRole } from '../../../main/station/trust/roles.ts'
import { bundleEntries, memoryFile, sha256, tarOf } from '../../support/bundle.ts'
import { makeHolder, roleOf, testPki, type Holder } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const { policy: first, root } = testPki()
const documentOf = (changes: object = {}): Uint8Array => canonicalBytes({ ...first, ...changes })
const clock = { now: Date.parse('2026-06-01T12:00:00Z'), lastSignedTime: undefined, lastAuditTime: undefined }
const inForce = (changes: object = {}) => ({
  policy: { ...first, ...changes },
  digest: sha256(documentOf(changes)),
})
const context = (changes: Partial<TrustContext> = {}): TrustContext => ({
  policy: inForce(),
  recall: undefined,
  clock,
  ...changes,
})

type Signer = readonly [SignatureRole, Holder | SignatureRole]
const envelope = (document: unknown, signers: readonly Signer[] = [['root', 'root']]): Uint8Array =>
  tarOf(bundleEntries(document, {}, signers))
const step = (version: number, changes: object = {}): Uint8Array => envelope(documentOf({ version, ...changes }))
const recall = (
  version: number,
  ids: string[] = ['R-1'],
  signers: readonly Signer[] = [['recall', 'recall']],
): Uint8Array =>
  envelope(
    canonicalBytes({
      kind: 'airlock.recall',
      schema: 1,
      version,
      issuedAt: '2026-05-01T00:00:00Z',
      entries: ids.map((id) => ({
        id,
        match: { payload: '0'.repeat(64) },
        reason: 'it leaks',
        severity: 'low',
        instead: 'use 2.1.0',
      })),
    }),
    signers,
  )

const codeOf = async (content: Uint8Array, changes: Partial<TrustContext> = {}): Promise<string> => {
  const { verdict } = await verifyPolicy(memoryFile(content), context(changes))
  return verdict.code ?? verdict.verdict
}
/** Judges files together under names that say nothing of their order. */
const judgeAll = async (contents: readonly Uint8Array[], changes: Partial<TrustContext> = {}) => {
  const folder = tempFolder()
  const paths = contents.map((content, n) => join(folder, `${contents.length - n}.airtrust`))
  for (const [n, content] of contents.entries()) writeFileSync(paths[n] ?? '', content)
  const chain = await judgeTrustFiles(paths, context(changes))
  return {
    code: chain.verdict.code ?? chain.verdict.verdict,
    version: chain.context.policy?.policy.version,
    list: chain.context.recall?.list.version,
    accepted: chain.files.filter(({ accepted }) => accepted !== undefined).length,
  }
}

describe('one policy', () => {
  it.each<[number | string, string, Uint8Array, string]>([
    ['', 'the next step', step(2), 'accepted'],
    ['', 'the one in force', envelope(documentOf()), 'accepted'],
    [122, 'a step over one', step(3), 'policy.gap'],
    [123, 'other bytes of the same version', step(1, { graceDays: 3 }), 'policy.equivocation'],
    [
      124,
      'a threshold of zero',
      step(2, { roles: { ...first.roles, root: { ...first.roles.root, threshold: 0 } } }),
      'policy.schema',
    ],
    [
      125,
      'a key twice in a role',
      step(2, {
        roles: {
          ...first.roles,
          qa: { ...first.roles.root, keys: [...first.roles.root.keys, ...first.roles.root.keys] },
        },
      }),
      'policy.schema',
    ],
    [126, 'a step past its grace', step(2, { expires: '2026-02-01T00:00:00Z' }), 'policy.expired'],
    [129, 'a step signed by release', envelope(documentOf({ version: 2 }), [['release', 'release']]), 'trust.role'],
    [66, 'a step by an unknown root', envelope(documentOf({ version: 2 }), [['root', 'qa']]), 'trust.role'],
    [88, 'a recall list', recall(1), 'manifest.kind'],
    [
      8,
      'bytes that no manifest lists',
      tarOf(bundleEntries(documentOf({ version: 2 }), { 'payload/x': Buffer.from('x') }, [['root', 'root']])),
      'payload.unlisted',
    ],
  ])('row %s: %s', async (_row, _what, content, code) => {
    expect(await codeOf(content)).toBe(code)
  })

  it('stays in force whatever the clock says', async () => {
    const late = { now: Date.parse('2040-01-01T00:00:00Z'), lastSignedTime: 1, lastAuditTime: 1 }
    expect(await codeOf(envelope(documentOf()), { clock: late })).toBe('accepted')
    expect(await codeOf(step(2), { clock: late })).toBe('clock.jump')
  })

  it('is judged as a first one where none is in force', async () => {
    expect(await codeOf(step(7), { policy: undefined })).toBe('accepted')
    expect(await codeOf(envelope(documentOf(), [['root', 'release']]), { policy: undefined })).toBe('trust.role')
  })

  it('counts from its own version back', async () => {
    expect(await codeOf(envelope(documentOf()), { policy: inForce({ version: 2 }) })).toBe('policy.rollback')
  })
})

describe('several files', () => {
  it('are taken by their versions, whatever their names', async () => {
    expect(await judgeAll([step(4), step(2), step(3)])).toEqual({
      code: 'accepted',
      version: 4,
      list: undefined,
      accepted: 3,
    })
  })

  it('stop at the first bad one and keep the good ones before it', async () => {
    const bad = envelope(documentOf({ version: 3 }), [['release', 'release']])
    expect(await judgeAll([step(2), bad, step(4)])).toMatchObject({ code: 'trust.role', version: 2, accepted: 1 })
  })

  it('serve stations at different steps', async () => {
    const given = { policy: inForce({ version: 3 }) }
    expect(await judgeAll([step(2), step(3), step(4)], given)).toMatchObject({
      code: 'accepted',
      version: 4,
      accepted: 1,
    })
  })

  it('are refused where all are older', async () => {
    const given = { policy: inForce({ version: 3 }) }
    expect(await judgeAll([step(2)], given)).toMatchObject({ code: 'policy.rollback', version: 3 })
  })

  it('may pass through an expired step', async () => {
    const given = [step(2, { expires: '2026-02-01T00:00:00Z' }), step(3)]
    expect(await judgeAll(given)).toMatchObject({ code: 'accepted', version: 3 })
  })

  it('do not end at an expired step, whatever bad file lies behind it', async () => {
    const expired = step(2, { expires: '2026-02-01T00:00:00Z' })
    const alsoExpired = step(3, { expires: '2026-03-01T00:00:00Z' })
    const bad = envelope(documentOf({ version: 4 }), [['release', 'release']])
    const refused = { code: 'policy.expired', version: 1, accepted: 0 }
    expect(await judgeAll([expired, Buffer.from('not an envelope')])).toMatchObject(refused)
    expect(await judgeAll([expired, alsoExpired, bad, recall(5)])).toMatchObject({ ...refused, list: 5, accepted: 1 })
    expect(await judgeAll([step(2), alsoExpired, bad])).toMatchObject({ ...refused, version: 2, accepted: 1 })
    expect(await judgeAll([expired, alsoExpired, step(4)])).toMatchObject({ code: 'accepted', version: 4, accepted: 3 })
  })

  it('row 128: are at most 256 steps', async () => {
    const given = Array.from({ length: 257 }, () => step(2))
    expect(await judgeAll(given)).toMatchObject({ code: 'limit.policy-steps', version: 1, accepted: 0 })
  })

  it('include recall lists, judged behind the policies', async () => {
    expect(await judgeAll([recall(5), step(2)])).toEqual({ code: 'accepted', version: 2, list: 5, accepted: 2 })
  })

  it.each<[number, string, Uint8Array, string]>([
    [129, 'a list by release', recall(6, ['R-1'], [['release', 'release']]), 'trust.role'],
    [129, "a list under recall's name by release", recall(6, ['R-1'], [['recall', 'release']]), 'trust.role'],
    [130, 'an older list', recall(4), 'recall.rollback'],
    [130, 'a list without an entry', recall(6, ['R-2']), 'recall.rollback'],
  ])('row %i: refuse %s', async (_row, _what, content, code) => {
    const known = await judgeTrustFiles([write(recall(5))], context())
    expect(await judgeAll([content], { recall: known.context.recall })).toMatchObject({ code, list: 5 })
  })

  it('let no bad file keep a good recall list out', async () => {
    const junk = Buffer.from('not an envelope')
    expect(await judgeAll([recall(4), junk, recall(5, ['R-1'], [['release', 'release']]), recall(6)])).toMatchObject({
      code: 'container.truncated',
      version: 1,
      list: 6,
      accepted: 2,
    })
  })

  it('are read on under an expired policy by the exception that lets bundles in, for that policy only', async () => {
    const ended = { policy: inForce({ expires: '2026-04-01T00:00:00Z' }) }
    expect(await judgeAll([recall(5)], ended)).toMatchObject({ code: 'policy.expired', accepted: 0 })
    expect(await judgeAll([recall(5)], { ...ended, exception: 'x' })).toMatchObject({ code: 'accepted', list: 5 })
    // A step that has expired itself is another policy.
    const expiredStep = step(2, { expires: '2026-02-01T00:00:00Z' })
    expect(await judgeAll([expiredStep], { ...ended, exception: 'x' })).toMatchObject({ code: 'policy.expired' })
  })

  it('leave out recall lists from before the known one where a newer one lies beside them', async () => {
    const known = await judgeTrustFiles([write(recall(5))], context())
    expect(await judgeAll([recall(4), recall(6)], { recall: known.context.recall })).toMatchObject({
      code: 'accepted',
      list: 6,
      accepted: 1,
    })
  })

  it('are judged one kind alone where only that is asked', async () => {
    const chain = await judgeTrustFiles([write(step(2)), write(recall(5))], context(), ['recall'])
    expect(chain).toMatchObject({ context: { policy: { policy: { version: 1 } }, recall: { list: { version: 5 } } } })
    expect(chain.files).toHaveLength(1)
  })

  it('give an entry back only with the root threshold', async () => {
    const known = await judgeTrustFiles([write(recall(5))], context())
    const signers: Signer[] = [
      ['recall', 'recall'],
      ['root', root],
    ]
    const given = { recall: known.context.recall }
    expect(await judgeAll([recall(6, ['R-2'], signers)], given)).toMatchObject({ code: 'accepted', list: 6 })
  })

  describe('under a policy that waits for a second person', () => {
    const [newRoot, newRecall] = [makeHolder('root'), makeHolder('recall')]
    const roles = { ...first.roles, root: roleOf([newRoot]), recall: roleOf([newRecall]) }
    const waits = { policy: inForce({ version: 2, roles }), site: first }
    const byNew: Signer[] = [
      ['recall', newRecall],
      ['root', newRoot],
    ]

    it('take entries from its keys, and give none back before it is in force', async () => {
      const { recall: known } = (await judgeTrustFiles([write(recall(5))], context())).context
      const given = { ...waits, recall: known }
      expect(await judgeAll([recall(6, ['R-1', 'R-2'], [['recall', newRecall]])], given)).toMatchObject({ list: 6 })
      const without = recall(6, ['R-2'], byNew)
      expect(await judgeAll([without], given)).toMatchObject({ code: 'recall.rollback', list: 5 })
      expect(await judgeAll([without], { ...given, site: undefined })).toMatchObject({ code: 'accepted', list: 6 })
    })

    it('give an entry back by keys that the policy in force knows, too', async () => {
      const { recall: known } = (await judgeTrustFiles([write(recall(5))], context())).context
      const signers: Signer[] = [
        ['recall', 'recall'],
        ['root', root],
      ]
      const given = { policy: inForce({ version: 2, graceDays: 7 }), site: first, recall: known }
      expect(await judgeAll([recall(6, ['R-2'], signers)], given)).toMatchObject({ code: 'accepted', list: 6 })
    })

    it('count no key that any newer step has revoked, although that step was declined', async () => {
      const site = { ...first, revokedKeys: [{ spki: testPki().recall.spki, reason: 'lost' }] }
      expect(await judgeAll([recall(5)], { site })).toMatchObject({ code: 'trust.revoked', accepted: 0 })
    })

    it('come in as long as one of the two has not expired', async () => {
      const ended = { expires: '2026-02-01T00:00:00Z' }
      const late = { policy: inForce({ version: 2, ...ended }), site: first }
      expect(await judgeAll([recall(5)], late)).toMatchObject({ code: 'accepted', list: 5 })
      const both = { ...late, site: { ...first, ...ended } }
      expect(await judgeAll([recall(5)], both)).toMatchObject({ code: 'policy.expired' })
      expect(await judgeAll([recall(5)], { ...both, exception: 'x' })).toMatchObject({ code: 'accepted', list: 5 })
    })
  })

  it('hold no recall list where there is no policy', async () => {
    expect(await judgeAll([recall(1)], { policy: undefined })).toMatchObject({ code: 'policy.absent' })
  })
})

const write = (content: Uint8Array): string => {
  const path = join(tempFolder(), 'x.airtrust')
  writeFileSync(path, content)
  return path
}
