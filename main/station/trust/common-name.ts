// SPDX-License-Identifier: Apache-2.0
import type { Certificate } from './certificate.ts'
import { decodeDer, oidOf, tags } from './der.ts'

const commonName = '2.5.4.3'
/** UTF8String and PrintableString: what certificates of today use. */
const texts: readonly number[] = [tags.utf8, 0x13]

/** The name that a certificate gives its owner (X.520 commonName), at most 64 characters of it; undefined: none. */
export const commonNameOf = ({ subject }: Pick<Certificate, 'subject'>): string | undefined => {
  const decoded = decodeDer(subject)
  const parts = decoded.ok ? decoded.node.children.flatMap((set) => set.children) : []
  const found = parts.find(({ children: [type] }) => oidOf(type) === commonName)?.children[1]
  if (found === undefined || !texts.includes(found.tag)) return undefined
  return Array.from(new TextDecoder().decode(found.content)).slice(0, 64).join('')
}
