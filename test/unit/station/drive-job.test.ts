// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startOnDrive } from '../../../main/station/drive-job.ts'
import { createJobs } from '../../../main/station/jobs/jobs.ts'
import { createDriveRegister } from '../../../main/station/media/drive-register.ts'
import { createDrives } from '../../../main/station/media/drives.ts'
import { folderVolumes } from '../../../main/station/media/folder-volumes.ts'
import { systemClock } from '../../../main/station/platform/clock.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { testLog } from '../../support/audit.ts'
import { tempFolder } from '../../support/temp-folder.ts'

describe('work on a drive that cannot begin', () => {
  it('leaves the drive to whoever comes next', async () => {
    const folder = join(tempFolder(), 'STICK')
    mkdirSync(folder)
    const { store, audit } = testLog(systemClock, stationMigrations)
    const register = createDriveRegister({ store, audit, clock: systemClock })
    const sources = [folderVolumes([folder])]
    const drives = createDrives({ sources, clock: systemClock, log: silentLog, register })
    onTestFinished(() => drives.close())
    const jobs = createJobs({ store, audit, clock: systemClock, log: silentLog })
    store.transact((tx) => tx.run("CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT raise(ABORT, 'no room'); END"))
    const id = (await drives.list())[0]?.id ?? ''
    const actor = { uid: 'p-1', login: 'tara', name: 'Tara', role: 'technician' }
    const job = { kind: 'bundles.import', subject: 'a.airfw', actor }
    await expect(startOnDrive({ drives, register, audit, jobs }, job, id, () => Promise.resolve())).rejects.toThrow()
    expect(await drives.eject(id)).toBe('flushed')
  })
})
