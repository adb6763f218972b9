// SPDX-License-Identifier: Apache-2.0
import type { bundleCalls } from '../../shared/contract/bundle-calls.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { checkBundle } from './bundles/check.ts'
import { importBundle, type ImportParts } from './bundles/import.ts'
import { listBundles } from './bundles/rows.ts'
import { personOf, type Caller } from './caller.ts'
import { timesOf } from './clock-state.ts'
import { appVersion } from './config.ts'
import { startOnDrive } from './drive-job.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold } from './media/drives.ts'
import type { Parts } from './parts.ts'
import { withdrawnAtSite, withdrawnBundles } from './withdrawn.ts'
import { readSetting } from './store/settings.ts'
import { trustedTimeOf } from './trust/trusted-time.ts'

type BundleHandlers = Pick<Handlers<Contract, Caller>, keyof typeof bundleCalls>

const importParts = (parts: Parts): Omit<ImportParts, 'trust'> => {
  const { store, audit, vault, paths, clock, log, trust, overrides } = parts
  const facts = () => {
    const site = readSetting(store.read, 'site')
    return {
      importer: appVersion,
      lastAuditTime: audit.lastTime(),
      lastSignedTime: trust.lastSignedTime() ?? 0,
      counters: trust.policy()?.policy.counters ?? {},
      exceptions: overrides.inForce(trust.policy()?.digest, trustedTimeOf(timesOf(parts))),
      ...(site === undefined ? {} : { site }),
    }
  }
  return { store, audit, vault, vaultFolder: paths.vault, clock, log, station: facts }
}

/** Bundles: in from a drive, in the library. */
export const bundleHandlers = (parts: Parts): BundleHandlers => ({
  'bundles.check': async ({ driveId, name }, caller) => {
    const { actor } = personOf(caller)
    const path = await parts.drives.fileOn(driveId, name)
    const work = (context: JobContext, { files }: DriveHold) =>
      checkBundle(
        { ...importParts(parts), trust: parts.inForce },
        { path, mediumId: driveId, name, files },
        actor,
        context,
      )
    return { jobId: await startOnDrive(parts, { kind: 'bundles.check', subject: name, actor }, driveId, work) }
  },
  'bundles.import': async ({ driveId, name }, caller) => {
    const { actor } = personOf(caller)
    const path = await parts.drives.fileOn(driveId, name)
    const started = { kind: 'bundles.import', subject: name, actor }
    const jobId = await startOnDrive(parts, started, driveId, (context, hold) => {
      const trust = async () => {
        // What was withdrawn lies on the same stick as often as not: recall lists come before any bundle.
        await parts.trustImport.takeRecalls(driveId, hold, actor, context)
        return parts.inForce()
      }
      return importBundle(
        { ...importParts(parts), trust },
        { path, mediumId: driveId, name, files: hold.files },
        actor,
        context,
      )
    })
    return { jobId }
  },
  'bundles.list': () => ({
    bundles: listBundles(parts.store.read),
    withdrawn: withdrawnBundles(parts),
    withdrawnHere: withdrawnAtSite(parts),
  }),
})
