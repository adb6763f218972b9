// SPDX-License-Identifier: Apache-2.0
import { isIssuedBy, type Certificate } from './certificate.ts'
import type { CmsSigner } from './cms.ts'
import { decodeDer, oidOf, tags } from './der.ts'

const commonName = '2.5.4.3'
/** UTF8String and PrintableString: what certificates of today use. */
const texts: readonly number[] = [tags.utf8, 0x13]

/**
 * The name that a certificate gives its owner (X.520 commonName), at most 64 characters of it, without any that are not
 * seen; undefined: none.
 */
export const commonNameOf = ({ subject }: Pick<Certificate, 'subject'>): string | undefined => {
  const decoded = decodeDer(subject)
  const parts = decoded.ok ? decoded.node.children.flatMap((set) => set.children) : []
  const found = parts.find(({ children: [type] }) => oidOf(type) === commonName)?.children[1]
  if (found === undefined || !texts.includes(found.tag)) return undefined
  const seen = new TextDecoder().decode(found.content).replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
  return Array.from(seen).slice(0, 64).join('')
}

/**
 * Names of the keys behind a signature, by the keys, as far as these keys themselves say so: the signer's where it made its
 * own certificate, and those of the CAs that made it. Whoever carries a file can enclose other certificates with any name.
 */
export const namesBehind = ({ certificate, caCertificates }: CmsSigner): ReadonlyMap<string, string> =>
  new Map(
    caCertificates
      .filter((issuer) => isIssuedBy(certificate, issuer))
      .flatMap((issuer) => {
        // The issuer's name is part of what it signed.
        const name = commonNameOf({ subject: certificate.issuer })
        return name === undefined ? [] : [[issuer.spki, name] as const]
      }),
  )
