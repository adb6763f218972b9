// SPDX-License-Identifier: Apache-2.0
/** Counter-signatures in whole bundles: rows 85 and 86 of docs/formats/refusals.md, by the station's own verifier. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { makeMlDsaKey, mlDsaPublicKey, signMlDsa } from '../../../main/station/trust/ml-dsa.ts'
import { bundleEntries, firmwareManifest, tarOf } from '../../support/bundle.ts'
import { judgeBytes } from '../../support/judge.ts'
import { testPki } from '../../support/pki.ts'

const keys = { qa: makeMlDsaKey(), release: makeMlDsaKey() }
const document = canonicalBytes(firmwareManifest())
const { roles } = testPki().policy
const policy = (pq: TrustPolicy['pq']): TrustPolicy =>
  trustPolicySchema.parse({
    ...testPki().policy,
    pq,
    roles: {
      ...roles,
      release: { ...roles.release, pqKeys: [mlDsaPublicKey(keys.release)] },
      qa: { ...roles.qa, pqKeys: [mlDsaPublicKey(keys.qa)] },
    },
  })

/** The good bundle with counter-signatures behind its CMS files. */
const bundleWith = (signatures: Partial<Record<keyof typeof keys, Uint8Array>>): Uint8Array => {
  const entries = bundleEntries()
  const counter = Object.entries(signatures).map(([role, content]) => ({
    name: `manifest.json.${role}.mldsa87.sig`,
    content,
  }))
  return tarOf([...entries.slice(0, 3), ...counter, ...entries.slice(3)])
}
const good = { qa: signMlDsa(document, keys.qa), release: signMlDsa(document, keys.release) }

describe('counter-signatures of a bundle', () => {
  it.each(['off', 'if-present', 'required'] as const)('are accepted where the policy says %s', async (pq) => {
    expect(await judgeBytes(bundleWith(good), policy(pq))).toMatchObject({ verdict: 'accepted' })
  })

  it('may be absent unless they are required', async () => {
    expect(await judgeBytes(bundleWith({}), policy('if-present'))).toMatchObject({ verdict: 'accepted' })
  })

  it('row 85: refuses a bundle from which one or all were stripped', async () => {
    expect(await judgeBytes(bundleWith({}), policy('required'))).toMatchObject({ code: 'trust.pq-missing' })
    expect(await judgeBytes(bundleWith({ qa: good.qa }), policy('required'))).toMatchObject({
      code: 'trust.pq-missing',
    })
  })

  it('row 86: refuses a bad one beside good ones, before anything is said of the signers', async () => {
    const swapped = { qa: good.release, release: good.qa }
    const verdict = await judgeBytes(bundleWith(swapped), policy('if-present'))
    expect(verdict).toMatchObject({ code: 'sig.pq-invalid' })
    expect(verdict.checks.at(-1)).toMatchObject({ id: 'pq-signatures', detail: 'manifest.json.qa.mldsa87.sig' })
  })
})
