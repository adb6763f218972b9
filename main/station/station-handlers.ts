// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { stationCalls } from '../../shared/contract/station-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { stationActor, type Actor } from './audit/entry.ts'
import { newestSigning, verifyPolicy } from './bundles/verify-trust.ts'
import { personOf, type Caller } from './caller.ts'
import { timesOf } from './clock-state.ts'
import { startOnDrive, withFileOnDrive, type OnDrive } from './drive-job.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold } from './media/drives.ts'
import type { Parts } from './parts.ts'
import { toPerson } from './people-handlers.ts'
import type { Recovery } from './recover.ts'
import { statusOf } from './status.ts'
import { writeSetting } from './store/settings.ts'
import { installCertificate, lookAtEnrolment, requestCertificate } from './station-certificate.ts'

type StationHandlers = Pick<Handlers<Contract, Caller>, keyof typeof stationCalls>

/**
 * Reads a first policy from a drive; it is judged by its own root role, and counts only after two people have compared
 * its fingerprint with a paper. A bad one is an error with its code, because nothing can be done with it, and an entry.
 */
const readFirstPolicy = async (parts: Parts, { driveId, name }: OnDrive, actor: Actor) => {
  const { trust, audit } = parts
  if (trust.policy() !== undefined) throw new AirlockError('policy.equivocation')
  const { verdict, opened, read } = await withFileOnDrive(
    parts,
    { driveId, name },
    { kind: 'trust.review', actor },
    (file) => verifyPolicy(file, { clock: timesOf(parts) }),
  )
  if (verdict.verdict === 'accepted' && opened !== undefined) return opened
  const code = verdict.code ?? 'internal'
  audit.note({
    actor,
    action: 'policy.review',
    object: { type: 'trust-policy', id: opened?.digest ?? '' },
    outcome: 'refused',
    reason: code,
    after: { file: name, medium: driveId },
    evidence: [{ type: 'envelope-head', ...read }],
  })
  throw new AirlockError(code, { name })
}

type SetUp = Parameters<StationHandlers['station.setUp']>[0]

/** The site's name first: the first person ends the state `setup`, and a crash in between must not leave a site unnamed. */
const setUp = async ({ audit, identity, stationId }: Parts, wanted: SetUp) => {
  const { site, hall = '', bench = '', administrator, officer } = wanted
  const object = { type: 'station', id: stationId }
  const after = { site, hall, bench }
  audit.change({ actor: stationActor, action: 'station.site', object, outcome: 'ok', after }, (tx) => {
    writeSetting(tx, 'site', site)
    writeSetting(tx, 'hall', hall)
    writeSetting(tx, 'bench', bench)
  })
  const people = await identity.setUpFirstPeople([
    { ...administrator, roles: ['administrator'] },
    { ...officer, roles: ['officer'] },
  ])
  const [first, second] = people.map(({ id: uid, login, name, roles }) => ({ uid, login, name, role: roles.join(' ') }))
  if (first === undefined || second === undefined) throw new AirlockError('internal')
  audit.note({ actor: first, secondActor: second, action: 'station.set-up', object, outcome: 'ok', after: { site } })
  return people
}

/** The station itself. */
export const stationHandlers = (parts: Parts, recovery: Recovery): StationHandlers => {
  const { identity, firstPolicy } = parts
  let settingUp = false
  return {
    'station.status': (_nothing, { session }) => statusOf(parts, recovery, session),
    'station.setUp': async (wanted) => {
      // Two windows at once would take turns at naming the site.
      if (settingUp) throw new AirlockError('job.busy')
      settingUp = true
      try {
        return { people: (await setUp(parts, wanted)).map(toPerson) }
      } finally {
        settingUp = false
      }
    },
    'trust.review': async (file, caller) => {
      const { actor } = personOf(caller)
      const { digest, manifest } = await readFirstPolicy(parts, file, actor)
      return { manifest: digest, version: manifest.version, positions: [...firstPolicy.places(digest, actor.uid)] }
    },
    'trust.confirm': async ({ driveId, name, manifest, words, password }, caller) => {
      const { session, actor } = personOf(caller)
      await identity.signatures.reauthenticate(session, password)
      const opened = await readFirstPolicy(parts, { driveId, name }, actor)
      // Between looking and typing the stick may have become another one.
      if (opened.digest !== manifest) throw new AirlockError('policy.fingerprint')
      const typed = new Map(words.map(({ position, word }) => [position, word]))
      const signedAt = newestSigning(opened.signatures, opened.manifest.issuedAt)
      const confirmations = firstPolicy.confirm(manifest, { manifest: opened.head.manifest, signedAt }, actor, typed)
      return { confirmations, inForce: confirmations === 2 }
    },
    'trust.import': async ({ driveId }, caller) => {
      const { actor } = personOf(caller)
      const job = { kind: 'trust.import', subject: driveId, actor }
      const work = (context: JobContext, hold: DriveHold) => parts.trustImport.takeAll(driveId, hold, actor, context)
      return { jobId: await startOnDrive(parts, job, driveId, work) }
    },
    'enrolment.look': () => lookAtEnrolment(parts),
    'enrolment.request': ({ driveId }, caller) => requestCertificate(parts, driveId, personOf(caller).actor),
    'enrolment.install': (file, caller) => installCertificate(parts, file, personOf(caller).actor),
  }
}
