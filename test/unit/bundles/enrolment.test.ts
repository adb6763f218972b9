// SPDX-License-Identifier: Apache-2.0
/** A station's request and what comes back: the good ones, and every wrong one with its code. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { makeEnrolment, verifyEnrolment } from '../../../main/station/bundles/enrolment.ts'
import { writeEnvelope } from '../../../main/station/bundles/envelope/writer.ts'
import { noteKey } from '../../../main/station/audit/note.ts'
import { makeCertificateRequest } from '../../../main/station/trust/certificate-request.ts'
import type { SignatureRole } from '../../../main/station/trust/roles.ts'
import { issueStation } from '../../../main/cli/trust/issue-station.ts'
import { bundleEntries, memoryFile, tarOf } from '../../support/bundle.ts'
import {
  base64,
  certificateManifest,
  certificateSigners,
  derOf,
  fileOf,
  judgeCertificate,
  judgedAt,
  judgeEither,
  judgeRequest,
  kinds,
  newStation,
  requestManifest,
  requestSigners,
  stationId,
  type CertificateCase,
} from '../../support/enrolment.ts'
import type { Signers } from '../../support/judge.ts'
import { makeHolder, makeKey, pinOf, pkiTimes, roleOf, signManifest, testPki } from '../../support/pki.ts'

const pki = testPki()
const day = 86_400_000
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const by = (role: SignatureRole, holder: Signers[number][1]): Signers => [[role, holder]]

describe('an enrolment', () => {
  const station = {
    station: stationId,
    site: 'plant-north',
    key: makeKey(),
    log: noteKey('airlock.invalid/test/e1', new Uint8Array(32).fill(7)).vkey,
    now: judgedAt,
  }
  const asked = async () => {
    const { entries, digest } = makeEnrolment(station)
    const outcome = await verifyEnrolment(memoryFile(Buffer.concat([...writeEnvelope(entries)])), judgedAt + day)
    expect(outcome.verdict).toMatchObject({ verdict: 'accepted' })
    if (outcome.opened === undefined) throw new Error('it was not opened')
    expect(outcome.opened.digest).toBe(digest)
    return outcome.opened
  }

  it('goes out from a station and comes back as a certificate that this station takes, and no other', async () => {
    const opened = await asked()
    expect(opened.manifest).toMatchObject({ station: stationId, site: 'plant-north', log: station.log })
    const { entries, notAfter } = issueStation(opened, pki.stationCa, judgedAt, judgedAt + 365 * day)
    expect(notAfter).toBe(judgedAt + 365 * day)
    const file = Buffer.concat([...writeEnvelope(entries)])
    const own = { station: stationId, key: opened.manifest.key }
    expect(await judgeCertificate(file, { own })).toMatchObject({ verdict: 'accepted' })
    expect(await judgeCertificate(file)).toMatchObject({ code: 'enrolment.other-station' })
  })

  it('ends with the CA at the latest', async () => {
    const late = issueStation(await asked(), pki.stationCa, judgedAt, judgedAt + 40 * 365 * day)
    expect(late.notAfter).toBe(pkiTimes.until)
  })
})

describe.each(kinds)('a %s', (kind, manifest, signers) => {
  const refused = async (file: Uint8Array, code: string) =>
    expect(await judgeEither(kind, file)).toMatchObject({ verdict: 'refused', code })
  const good = () => fileOf(manifest(), signers())

  it('is accepted as it is', async () => {
    expect(await judgeEither(kind, good())).toMatchObject({ verdict: 'accepted' })
  })

  it.each([
    ['a document of another kind', { kind: 'airlock.recall' }, 'manifest.kind'],
    ['an unknown field', { more: 1 }, 'manifest.schema'],
    ['another schema version', { schema: 2 }, 'manifest.schema'],
    ['an upper-case digest', { key: 'A'.repeat(64) }, 'manifest.schema'],
  ] as const)('is refused with %s', (_what, changes, code) =>
    refused(fileOf(manifest({ ...changes }), signers()), code),
  )

  it('is refused with a manifest that is no canonical JSON', async () => {
    await refused(fileOf(text('[]'), signers()), 'manifest.parse')
    await refused(fileOf(text('{"a":1,"a":1}'), signers()), 'manifest.not-canonical')
    await refused(fileOf(text(` ${JSON.stringify(manifest())}`), signers()), 'manifest.not-canonical')
  })

  it('is refused without its signature, with junk in its place, with that of another document', async () => {
    const document = canonicalBytes(manifest())
    const [entry, signature] = bundleEntries(document, {}, signers())
    if (entry === undefined || signature === undefined) throw new Error('two entries')
    const withSignature = (content: Uint8Array) => tarOf([entry, { ...signature, content }])
    await refused(tarOf([entry]), 'sig.missing')
    await refused(withSignature(Buffer.of()), 'sig.parse')
    await refused(withSignature(text('junk')), 'sig.parse')
    const holder = signers()[0]?.[1] ?? 'root'
    await refused(withSignature(signManifest(text('{}'), holder)), 'sig.digest')
    await refused(tarOf([{ ...entry, content: canonicalBytes(manifest({ station: 'x' })) }, signature]), 'sig.digest')
  })

  it('is refused by the rules of its container', async () => {
    const file = good()
    await refused(new Uint8Array(0), 'container.empty')
    await refused(new Uint8Array(512).fill(7), 'container.not-ustar')
    await refused(file.subarray(0, 700), 'container.truncated')
    await refused(file.subarray(0, -512), 'container.no-end')
    await refused(Buffer.concat([file, new Uint8Array(4096).fill(7)]), 'container.trailing-data')
    const content = { 'payload/more.bin': text('more') }
    await refused(tarOf(bundleEntries(canonicalBytes(manifest()), content, signers())), 'payload.unlisted')
    await refused(fileOf(text('x'.repeat(1_048_577)), signers()), 'limit.total-size')
  })
})

describe('a request', () => {
  const own = newStation()
  const cases: [string, () => Uint8Array, string][] = [
    ['a key that did not sign it', () => file({ key: pki.station.spki }), 'enrolment.key'],
    ["another one's certificate request", () => file({ request: requestOf(makeKey()) }), 'enrolment.key'],
    ['a certificate request that its key did not sign', () => file({ request: broken() }), 'enrolment.request'],
    ['bytes that are no certificate request', () => file({ request: 'AAAA' }), 'enrolment.request'],
    ['a log key that is none', () => file({ log: 'nobody+1234' }), 'enrolment.request'],
    ['base64 in another spelling', () => file({ request: `${requestOf(own.key)}\n` }), 'manifest.schema'],
    [
      'a certificate request for another purpose',
      () => file({ request: requestOf(own.key, 'release') }),
      'trust.purpose',
    ],
    ['a signer that is a CA', () => by_('station', makeHolder('ca')), 'trust.purpose'],
    ['a signer of another purpose', () => by_('station', makeHolder('release')), 'trust.purpose'],
    ['a signature under another role', () => by_('release', makeHolder('release')), 'trust.role'],
    ['a signature file that was renamed', () => by_('release', own), 'trust.purpose'],
    ['a certificate that another key made', () => by_('station', pki.station), 'trust.chain'],
    ['a certificate that had ended', () => ended(pkiTimes.from, pkiTimes.signed - day), 'trust.expired'],
    ['a certificate of later', () => ended(pkiTimes.signed + day, pkiTimes.until), 'trust.not-yet-valid'],
  ]
  const requestOf = (key: string, role: SignatureRole = 'station') => base64(makeCertificateRequest('x', key, role))
  const file = (changes: object) => fileOf(requestManifest(changes), requestSigners())
  const by_ = (role: SignatureRole, holder: typeof own) => fileOf(requestManifest({}, holder), by(role, holder))
  const ended = (validFrom: number, validUntil: number) =>
    by_('station', makeHolder('station', { validFrom, validUntil }))
  const broken = () => {
    const request = Buffer.from(requestOf(own.key), 'base64')
    return base64(request.with(-1, (request.at(-1) ?? 0) ^ 1))
  }

  it.each(cases)('with %s is refused', async (_what, made, code) => {
    expect(await judgeRequest(made())).toMatchObject({ verdict: 'refused', code })
  })

  it('of the day after tomorrow is refused', async () => {
    const tooEarly = await judgeRequest(fileOf(requestManifest(), requestSigners()), pkiTimes.signed - 2 * day)
    expect(tooEarly).toMatchObject({ code: 'trust.signing-time' })
  })

  it('signed twice is refused', async () => {
    const document = canonicalBytes(requestManifest())
    const [manifest, signature] = bundleEntries(document, {}, requestSigners())
    if (manifest === undefined || signature === undefined) throw new Error('two entries')
    const twice = ['manifest.json.station.1.p7s', 'manifest.json.station.2.p7s']
    const file = tarOf([manifest, ...twice.map((name) => ({ ...signature, name }))])
    expect(await judgeRequest(file)).toMatchObject({ code: 'trust.role' })
  })
})

describe('a certificate', () => {
  const { stationCa, policy } = pki
  const { roles } = policy
  const other = makeHolder('station', { issuer: stationCa })
  const leaf = (holder: { certificate: string; spki: string }, chain = [derOf(stationCa.certificate)]) => ({
    certificate: derOf(holder.certificate),
    key: holder.spki,
    chain,
  })
  const own = (spki: string): CertificateCase => ({ own: { key: spki } })
  const stranger = makeHolder('ca')
  const signed = (role: SignatureRole, holder: Signers[number][1]) => fileOf(certificateManifest(), by(role, holder))
  const of = (changes: object) => fileOf(certificateManifest(changes), certificateSigners())
  const asCa = { ...roles['station-ca'], keys: [], cas: [pinOf(stationCa)], threshold: 2, pqKeys: [], products: ['*'] }
  const old = makeHolder('station', { issuer: stationCa, validUntil: judgedAt - day })
  const coming = makeHolder('station', { issuer: stationCa, validFrom: judgedAt + day })
  const release = makeHolder('release', { issuer: stationCa })
  const foreign = makeHolder('station', { issuer: stranger })
  const ca2 = makeHolder('ca', { issuer: stationCa })
  const grandchild = makeHolder('station', { issuer: { ...ca2, chain: [] } })

  const cases: [string, () => Uint8Array, CertificateCase, string][] = [
    ['for another key of this station', () => of(leaf(other)), {}, 'enrolment.other-station'],
    ['for another station', () => of({}), { own: { station: stationId.replace('c', 'd') } }, 'enrolment.other-station'],
    ['that says another key than it holds', () => of({ certificate: derOf(other.certificate) }), {}, 'enrolment.key'],
    ['that holds no certificate', () => of({ certificate: 'AAAA' }), {}, 'manifest.schema'],
    ['without the one that leads to the CA', () => of({ chain: [] }), {}, 'manifest.schema'],
    ['by a signer that nobody knows', () => signed('station-ca', makeHolder('station-ca')), {}, 'trust.unknown-signer'],
    ['signed by the CA itself', () => signed('station-ca', stationCa), {}, 'trust.purpose'],
    ['by a station', () => signed('station-ca', pki.station), {}, 'trust.purpose'],
    ['by release', () => signed('release', 'release'), {}, 'trust.role'],
    ['by release under the CA’s name', () => signed('station-ca', 'release'), {}, 'trust.role'],
    [
      'whose CA was revoked',
      () => of({}),
      { policy: { revokedKeys: [{ spki: stationCa.spki, reason: 'lost' }] } },
      'trust.revoked',
    ],
    [
      'whose key was revoked',
      () => of({}),
      { policy: { revokedKeys: [{ spki: pki.station.spki, reason: 'lost' }] } },
      'trust.revoked',
    ],
    [
      'of a CA that the policy does not pin',
      () => of(leaf(foreign, [derOf(stranger.certificate)])),
      own(foreign.spki),
      'trust.unknown-signer',
    ],
    [
      'that a CA below the pinned one made',
      () => of(leaf(grandchild, [derOf(ca2.certificate), derOf(stationCa.certificate)])),
      own(grandchild.spki),
      'trust.chain',
    ],
    ['for another purpose', () => of(leaf(release)), own(release.spki), 'trust.purpose'],
    ['that is a CA', () => of(leaf(ca2)), own(ca2.spki), 'trust.purpose'],
    ['that has ended', () => of(leaf(old)), own(old.spki), 'trust.expired'],
    ['that is not valid yet', () => of(leaf(coming)), own(coming.spki), 'trust.not-yet-valid'],
    ['signed after tomorrow', () => of({}), { now: pkiTimes.signed - 2 * day }, 'trust.signing-time'],
    [
      'by fewer than the policy asks for',
      () => of({}),
      { policy: { roles: { ...roles, 'station-ca': asCa } } },
      'trust.threshold',
    ],
    ['while the clock is behind', () => of({}), { lastSignedTime: judgedAt + 2 * day }, 'clock.rollback'],
    ['under a policy past its grace', () => of({}), { policy: { expires: '2026-01-02T00:00:00Z' } }, 'policy.expired'],
  ]

  it.each(cases)('%s is refused', async (_what, made, given, code) => {
    expect(await judgeCertificate(made(), given)).toMatchObject({ verdict: 'refused', code })
  })

  it('is good under an expired policy that two people let go on', async () => {
    const given = { policy: { expires: '2026-01-02T00:00:00Z' }, exception: 'an override' }
    expect(await judgeCertificate(of({}), given)).toMatchObject({ verdict: 'accepted' })
  })

  it('may be signed by a key that the policy pins for it', async () => {
    expect(await judgeCertificate(signed('station-ca', 'station-ca'))).toMatchObject({ verdict: 'accepted' })
    const pinned = { ...roles, 'station-ca': roleOf([pki['station-ca']], [stationCa]) }
    expect(await judgeCertificate(signed('station-ca', 'station-ca'), { policy: { roles: pinned } })).toMatchObject({
      verdict: 'accepted',
    })
  })
})
