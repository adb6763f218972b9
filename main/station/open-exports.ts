// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../shared/errors.ts'
import { bytes } from '../../shared/units.ts'
import { listDevices } from './devices/registry.ts'
import { exportRecords } from './export-records.ts'
import { createExports, type Exports } from './exports/exports.ts'
import { readPolicy, type LoadedPolicy } from './exports/sanitize/policy.ts'
import { createPseudonyms } from './exports/sanitize/pseudonym.ts'
import { readDictionary, siteWords } from './exports/site-dictionary.ts'
import type { Parts } from './parts.ts'
import { readWhole } from './platform/files.ts'
import { stationCertificate } from './station-certificate.ts'
import { readSetting } from './store/settings.ts'
import { signCms } from './trust/sign.ts'

/** The cleaning policy that came with Airlock, when it is the one that the trust policy names. Errors: `export.policy`. */
const approvedPolicy = ({ options, inForce }: Parts): LoadedPolicy => {
  const loaded = readPolicy(
    readWhole(join(options.resources, 'policies', 'default-sanitization.json'), bytes(1_048_576)),
  )
  const wanted = inForce()?.policy.sanitization
  if (loaded.digest !== wanted)
    throw new AirlockError('export.policy', { wanted: wanted ?? 'none', found: loaded.digest })
  return loaded
}

/** Exports over the station's parts. */
export const openExports = (parts: Parts): Exports => {
  const { store, audit, key, clock, identity, paths, stationId, siteKeys: keys, stationKey, inForce } = parts
  const site = (): string => createPseudonyms(keys.ofKind).of('site', readSetting(store.read, 'site') ?? '')
  const siteNames = () =>
    siteWords(readDictionary(store.read), {
      people: identity.list().map(({ name, login }) => ({ name, login })),
      serials: listDevices(store.read).map(({ serial }) => serial),
    })
  return createExports({
    store,
    audit,
    auditKey: key.note.vkey,
    clock,
    signatures: identity.signatures,
    folder: paths.exports,
    names: {
      get site() {
        return site()
      },
      station: stationId,
    },
    keys,
    records: (from, to) => exportRecords(parts, from, to),
    policy: () => approvedPolicy(parts),
    siteWords: siteNames,
    canaries: [],
    recipients: () => inForce()?.policy.recipients ?? [],
    trustPolicy: () => inForce()?.policy.version ?? 0,
    sign(manifest) {
      const [certificate, ...chain] = stationCertificate(parts) ?? []
      if (certificate === undefined) throw new AirlockError('station.enrolment')
      return signCms({ content: manifest, key: stationKey.privatePem, certificate, chain, signingTime: clock.now() })
    },
  })
}
