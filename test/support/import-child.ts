// SPDX-License-Identifier: Apache-2.0
/** A station's import in a process of its own, which kills itself at a given moment: `import-child.ts FOLDER MOMENT`. It says when it begins. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { trustPolicySchema } from '../../shared/formats/trust-policy.ts'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { logKeyOf } from '../../main/station/audit/keys.ts'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { importBundle } from '../../main/station/bundles/import.ts'
import { openVault, type Vault } from '../../main/station/bundles/vault.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { openStore } from '../../main/station/store/open.ts'
import { testClock } from './clock.ts'
import { importMigrations } from './import-migrations.ts'

const [, , folder = '', moment = ''] = process.argv
const dieAt = (here: string): void => void (here === moment && process.kill(process.pid, 'SIGKILL'))

const store = openStore(join(folder, 'station.db'), importMigrations)
const audit = createAuditLog({
  store,
  clock: testClock(),
  key: logKeyOf(
    originOf('c0ffee00-0000-4000-8000-000000000001', 1),
    createPrivateKey(readFileSync(join(folder, 'log.pem'))),
  ),
  headFile: openHeadFile(join(folder, 'head', 'audit-head')),
  stationId: 'c0ffee00-0000-4000-8000-000000000001',
  epoch: 1,
  appVersion: '0.1.0',
  buildHash: 'source',
})
const real = openVault(join(folder, 'vault'))
const vault: Vault = {
  ...real,
  stage() {
    const staging = real.stage()
    return {
      ...staging,
      publish() {
        dieAt('before publishing')
        staging.publish()
        dieAt('after publishing')
      },
    }
  },
}

let chunks = 0
process.stdout.write('begins\n')
await importBundle(
  {
    store,
    audit: {
      ...audit,
      change: (entry, work) =>
        audit.change(entry, (tx) => {
          const result = work(tx)
          dieAt('inside the transaction')
          return result
        }),
    },
    vault,
    vaultFolder: join(folder, 'vault'),
    clock: testClock(),
    log: silentLog,
    trust: () => ({ policy: trustPolicySchema.parse(JSON.parse(readFileSync(join(folder, 'policy.json'), 'utf8'))) }),
    station: () => ({ importer: '0.1.0', lastAuditTime: undefined, lastSignedTime: undefined, counters: {} }),
  },
  { path: join(folder, 'pump.airfw'), mediumId: 'stick-1', name: 'pump.airfw' },
  { uid: 'u1', login: 'tess', name: 'Tess', role: 'technician' },
  {
    id: 'c0ffee00-0000-4000-8000-00000000000a',
    signal: new AbortController().signal,
    progress: () => dieAt(`at chunk ${(chunks += 1)}`),
  },
)
dieAt('after the transaction')
process.exitCode = 9
