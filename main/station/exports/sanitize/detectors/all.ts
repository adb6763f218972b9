// SPDX-License-Identifier: Apache-2.0
import type { Detector } from './detector.ts'
import { email, spelledEmail } from './email.ts'
import { entropy } from './entropy.ts'
import { fqdn } from './fqdn.ts'
import { ipv4, ipv4Name } from './ipv4.ts'
import { ipv6 } from './ipv6.ts'
import { host, person, serial, userPath } from './labelled.ts'
import { mac, macBare, macGrouped, macSpaced } from './mac.ts'
import {
  card,
  iban,
  labelledPhone,
  labelledPosition,
  nmea,
  phone,
  positionDms,
  positionPair,
  zeroPhone,
} from './numbers.ts'
import { bearer, jwt, modemCommand, namedSecret, pem, urlCredentials, vendorKey } from './secrets.ts'

/** Every rule that looks for a form. Where two findings overlap, the one that stands first here names the span. */
export const detectors: readonly Detector[] = [
  pem,
  jwt,
  vendorKey,
  urlCredentials,
  modemCommand,
  namedSecret,
  bearer,
  nmea,
  email,
  spelledEmail,
  mac,
  macGrouped,
  macSpaced,
  macBare,
  ipv6,
  ipv4Name,
  ipv4,
  iban,
  card,
  phone,
  zeroPhone,
  labelledPhone,
  positionPair,
  labelledPosition,
  positionDms,
  serial,
  userPath,
  person,
  host,
  fqdn,
  entropy,
]

/** Rules that look for given values instead of forms: the site dictionary, the site's domains, what is known already. */
export const lexiconRules = ['dictionary', 'domain', 'registry', 'known', 'encoded'] as const

/** Ids that a policy may name. */
export const detectorIds: readonly string[] = [...detectors.map(({ id }) => id), ...lexiconRules]

/** `id@version` of every rule, in order: goes into the archive's proof of removal. */
export const detectorVersions: string = detectors.map(({ id, version }) => `${id}@${version}`).join(' ')
