// SPDX-License-Identifier: Apache-2.0
/** Trust files of a drive that are judged while somebody decides about what waits. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTrustImport } from '../../../main/station/trust-import.ts'
import { identityLimits } from '../../../main/station/identity/identity.ts'
import { createDriveRegister } from '../../../main/station/media/drive-register.ts'
import { createDrives, type DriveHold } from '../../../main/station/media/drives.ts'
import { folderVolumes } from '../../../main/station/media/folder-volumes.ts'
import { systemClock } from '../../../main/station/platform/clock.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { createOverrides } from '../../../main/station/trust/overrides.ts'
import { insertPolicy, openTrustStore } from '../../../main/station/trust/policy-store.ts'
import { createWaitingPolicies } from '../../../main/station/trust/waiting-policies.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { bundleEntries, tarOf } from '../../support/bundle.ts'
import { actorOf, testIdentity, testPassword } from '../../support/people.ts'
import { testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const { policy } = testPki()

it('does not hang a step behind one that was declined while the drive was read', async () => {
  const { store, audit, clock, identity } = await testIdentity(identityLimits, stationMigrations)
  const { signatures } = identity
  const trust = openTrustStore({ store, audit, clock })
  store.transact((tx) => insertPolicy(tx, { manifest: canonicalBytes(policy), signedAt: 0 }, 0))
  const waitingPolicies = createWaitingPolicies({ store, audit, clock, signatures, trust })
  const stick = tempFolder()
  const log = { info: () => undefined, error: () => undefined }
  const register = createDriveRegister({ store, audit, clock })
  const drives = createDrives({ sources: [folderVolumes([stick])], clock: systemClock, log, register })
  const overrides = createOverrides({ store, audit, clock })
  const trustImport = createTrustImport({ store, audit, clock, trust, drives, overrides, waitingPolicies })
  const put = (version: number): void =>
    writeFileSync(
      join(stick, `${version}.airtrust`),
      tarOf(bundleEntries({ ...policy, version }, {}, [['root', 'root']])),
    )
  const id = (await drives.list())[0]?.id ?? ''
  const context = { id: 'job', signal: new AbortController().signal, progress: () => undefined }
  const take = (hold: DriveHold) => trustImport.takeAll(id, hold, actorOf(identity, 'ada'), context)

  put(2)
  expect(await take(await drives.hold(id))).toMatchObject({ version: 1, waits: 2 })
  rmSync(join(stick, '2.airtrust'))
  put(3)
  const { session } = await identity.signIn('a port', 'olga', testPassword)
  const proof = await signatures.reauthenticate(session, testPassword)
  const hold = await drives.hold(id)
  const openReader: DriveHold['files']['openReader'] = (path) => {
    const waiting = waitingPolicies.waiting()
    if (waiting !== undefined)
      waitingPolicies.decline({ actor: actorOf(identity, 'olga'), proof }, waiting.content, 'not from our makers')
    return hold.files.openReader(path)
  }
  const found = await take({ ...hold, files: { ...hold.files, openReader } })
  expect(found).toMatchObject({ verdict: { code: 'policy.gap' }, version: 1, waits: null })
  expect(waitingPolicies.waiting()).toBeUndefined()
  drives.close()
})
