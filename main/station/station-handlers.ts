// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { stationCalls } from '../../shared/contract/station-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { bytes } from '../../shared/units.ts'
import { acceptedPolicy, openFirstPolicy } from './bundles/first-policy-file.ts'
import { personOf, type Caller } from './caller.ts'
import { appVersion } from './config.ts'
import type { Parts } from './parts.ts'
import { toPerson } from './people-handlers.ts'
import { openReader, readWhole, writeDurable } from './platform/files.ts'
import type { Recovery } from './recover.ts'
import { readSetting, writeSetting } from './store/settings.ts'
import { checkStationCertificate, stationCertificate } from './station-certificate.ts'

type StationHandlers = Pick<Handlers<Contract, Caller>, keyof typeof stationCalls>

/** Reads a first policy from a drive; a bad one is an error with its code, because nothing can be done with it. */
const readFirstPolicy = async ({ drives }: Parts, driveId: string, name: string) => {
  const reader = openReader(drives.fileOn(driveId, name))
  try {
    const { verdict, opened } = await openFirstPolicy(reader)
    if (verdict.code !== undefined || opened === undefined) throw new AirlockError(verdict.code ?? 'internal', { name })
    return opened
  } finally {
    reader.close()
  }
}

const stateOf = ({ audit, identity }: Parts): 'setup' | 'ready' | 'read-only' => {
  if (audit.fault() !== undefined) return 'read-only'
  return identity.needsSetUp() ? 'setup' : 'ready'
}

/** The station itself. */
export const stationHandlers = (parts: Parts, recovery: Recovery): StationHandlers => {
  const { store, audit, identity, trust, firstPolicy, drives, clock } = parts
  return {
    'station.status': () => {
      const policy = trust.policy()
      const { size, root } = audit.head()
      return {
        state: stateOf(parts),
        stationId: parts.stationId,
        site: readSetting(store.read, 'site') ?? null,
        version: appVersion,
        now: clock.now(),
        audit: { size, root, code: audit.fault()?.code ?? null },
        trust: policy === undefined ? null : { version: policy.policy.version, manifest: policy.digest },
        enrolled: stationCertificate(parts) !== undefined,
        interrupted: recovery.interrupted.map(({ id, kind, subject }) => ({ jobId: id, kind, subject })),
        recovered: [...recovery.sentences],
      }
    },
    'station.setUp': async ({ site, administrator, officer }) => {
      const people = await identity.setUpFirstPeople([
        { ...administrator, roles: ['administrator'] },
        { ...officer, roles: ['officer'] },
      ])
      const [first, second] = people.map(({ id: uid, login, name, roles: [role] }) => ({
        uid,
        login,
        name,
        role: role ?? '',
      }))
      if (first === undefined || second === undefined) throw new AirlockError('internal')
      const object = { type: 'station', id: parts.stationId }
      audit.change(
        { actor: first, secondActor: second, action: 'station.set-up', object, outcome: 'ok', after: { site } },
        (tx) => writeSetting(tx, 'site', site),
      )
      return { people: people.map(toPerson) }
    },
    'trust.review': async ({ driveId, name }, caller) => {
      const { digest, manifest } = await readFirstPolicy(parts, driveId, name)
      const places = firstPolicy.places(digest, personOf(caller).actor.uid)
      return { manifest: digest, version: manifest.version, positions: [...places] }
    },
    'trust.confirm': async ({ driveId, name, manifest, words, password }, caller) => {
      const { session, actor } = personOf(caller)
      await identity.signatures.reauthenticate(session, password)
      const opened = await readFirstPolicy(parts, driveId, name)
      // Between looking and typing the stick may have become another one.
      if (opened.digest !== manifest) throw new AirlockError('policy.fingerprint')
      const typed = new Map(words.map(({ position, word }) => [position, word]))
      const confirmations = firstPolicy.confirm(manifest, acceptedPolicy(opened), actor, typed)
      return { confirmations, inForce: confirmations === 2 }
    },
    'enrolment.request': ({ driveId }, caller) => {
      const name = `station-${parts.stationId.slice(0, 8)}.pub.pem`
      writeDurable(join(drives.folderOf(driveId), name), parts.stationKey.publicPem)
      const object = { type: 'station', id: parts.stationId }
      audit.note({
        actor: personOf(caller).actor,
        action: 'enrolment.request',
        object,
        outcome: 'ok',
        after: { file: name },
      })
      return { name }
    },
    'enrolment.install': ({ driveId, name }, caller) => {
      const pem = new TextDecoder().decode(readWhole(drives.fileOn(driveId, name), bytes(65_536)))
      const { certificate, notAfter } = checkStationCertificate(parts, pem)
      const object = { type: 'certificate', id: certificate.spki }
      const { actor } = personOf(caller)
      audit.change({ actor, action: 'enrolment.install', object, outcome: 'ok', after: { notAfter } }, (tx) =>
        writeSetting(tx, 'station-certificate', pem),
      )
      return { key: certificate.spki, notAfter }
    },
    'media.list': () => ({ drives: drives.list().map((drive) => ({ ...drive, files: [...drive.files] })) }),
  }
}
