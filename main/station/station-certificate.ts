// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import type { Verdict } from '../../shared/verdict.ts'
import type { Actor } from './audit/entry.ts'
import { makeEnrolment } from './bundles/enrolment.ts'
import { writeEnvelope } from './bundles/envelope/writer.ts'
import { certificatesOf, verifyCertificate } from './bundles/issued-certificate.ts'
import { timesOf } from './clock-state.ts'
import { withDrive, withFileOnDrive, type OnDrive } from './drive-job.ts'
import { putOnDrive } from './media/put-on-drive.ts'
import type { Parts } from './parts.ts'
import { readSetting, writeSetting } from './store/settings.ts'
import { fingerprintOf } from './trust/fingerprint.ts'
import { readPemCertificate, toPem } from './trust/issue-certificate.ts'
import { keyOf } from './trust/station-key.ts'
import { trustedTimeOf } from './trust/trusted-time.ts'

/** The station's certificate with those that lead to the pinned CA, as PEM, or undefined before enrolment. */
export const stationCertificate = ({ store }: Pick<Parts, 'store'>): readonly string[] | undefined =>
  readSetting(store.read, 'station-certificate')?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ??
  undefined

/** The station's key, in words that people compare with the team's; until when its certificate counts. */
export const lookAtEnrolment = (parts: Parts) => {
  const key = keyOf(parts.stationKey)
  const [certificate] = stationCertificate(parts) ?? []
  const notAfter = certificate === undefined ? null : readPemCertificate(certificate).validUntil
  return { key, words: [...fingerprintOf(key)], notAfter }
}

/**
 * Writes the station's request to a drive (docs/formats/enrolment.md, 1). What leaves the site is in the log before it
 * leaves; where the writing fails, that is an entry too. Errors: `station.not-set-up`, `medium.*`.
 */
export const requestCertificate = async (parts: Parts, driveId: string, actor: Actor) => {
  const { stationId, stationKey, audit, clock, store } = parts
  const site = readSetting(store.read, 'site')
  if (site === undefined) throw new AirlockError('station.not-set-up')
  const name = `station-${stationId.slice(0, 8)}.airreq`
  const asking = { station: stationId, site, key: stationKey.privatePem, log: parts.key.note.vkey, now: clock.now() }
  const { digest, entries } = makeEnrolment(asking)
  const object = { type: 'station', id: stationId }
  const after = { file: name, medium: driveId, request: digest }
  const entry = { actor, action: 'enrolment.request', object, after } as const
  await withDrive(parts, driveId, { kind: 'enrolment.request', actor }, async (hold) => {
    audit.note({ ...entry, outcome: 'ok' })
    try {
      await putOnDrive(hold, name, Buffer.concat([...writeEnvelope(entries)]))
    } catch (error) {
      audit.note({ ...entry, outcome: 'failed', reason: toAirlockError(error).code })
      throw error
    }
  })
  const { key, words } = lookAtEnrolment(parts)
  return { name, key, words }
}

/**
 * Takes what the team issued, when it is for this station and leads to the policy in force (docs/formats/enrolment.md,
 * 4); a refusal changes nothing, and both are an entry. Errors: `policy.absent`, `medium.*`.
 */
export const installCertificate = async (
  parts: Parts,
  { driveId, name }: OnDrive,
  actor: Actor,
): Promise<{ verdict: Verdict; notAfter: number | null }> => {
  const { trust, waitingPolicies, overrides, audit, stationId: station } = parts
  const document = trust.policy()
  if (document === undefined) throw new AirlockError('policy.absent')
  const policy = { ...document, policy: waitingPolicies.lessTakenAway(document) }
  const clock = timesOf(parts)
  const exception = overrides.inForce(policy.digest, trustedTimeOf(clock)).policy
  const own = { station, key: keyOf(parts.stationKey) }
  const outcome = await withFileOnDrive(parts, { driveId, name }, { kind: 'enrolment.install', actor }, (file) =>
    verifyCertificate(file, { policy, clock, exception, own }),
  )
  const { verdict, opened, read, cause } = outcome
  if (cause !== undefined) parts.log.error('enrolment.refused', cause, { file: name })
  const entry = { actor, action: 'enrolment.install', object: { type: 'certificate', id: own.key } } as const
  const after = { file: name, medium: driveId }
  const certificates = opened === undefined ? undefined : certificatesOf(opened.manifest)
  if (verdict.verdict === 'refused' || opened === undefined || certificates === undefined) {
    const evidence = [{ type: 'envelope-head', ...read }]
    audit.note({ ...entry, outcome: 'refused', reason: verdict.code ?? 'internal', after, evidence })
    return { verdict, notAfter: null }
  }
  const { request } = opened.manifest
  const notAfter = certificates[0].validUntil
  const pem = certificates.map(({ der }) => toPem(der)).join('')
  audit.change({ ...entry, outcome: 'ok', after: { ...after, manifest: opened.digest, request, notAfter } }, (tx) =>
    writeSetting(tx, 'station-certificate', pem),
  )
  return { verdict, notAfter }
}
