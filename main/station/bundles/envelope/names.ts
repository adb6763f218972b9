// SPDX-License-Identifier: Apache-2.0
import { isEntryName } from '../../../../shared/formats/scalars.ts'
import { signatureRoles, type SignatureRole } from '../../trust/roles.ts'

/** The first entry: the document that is signed. */
export const manifestName = 'manifest.json'

/** What an entry is, by its name alone. `cms` is the name of the CMS file that an ML-DSA file stands beside. */
export type EntryName =
  | { readonly kind: 'manifest' }
  | { readonly kind: 'cms'; readonly role: SignatureRole }
  | { readonly kind: 'pq'; readonly role: SignatureRole; readonly cms: string }
  | { readonly kind: 'content' }

const signaturePattern = /^(manifest\.json\.([a-z-]+)(?:\.[1-8])?)\.(p7s|mldsa87\.sig)$/

/** Name of a role's n-th CMS file; without a number, of its only one. */
export const signatureName = (role: SignatureRole, number?: number): string =>
  `${manifestName}.${role}${number === undefined ? '' : `.${number}`}.p7s`

/** Reads a name by the name rule (docs/formats/envelope.md, clause 2.9); undefined for one that breaks it. */
export const readEntryName = (name: string): EntryName | undefined => {
  if (name === manifestName) return { kind: 'manifest' }
  const [, stem, roleText, suffix] = signaturePattern.exec(name) ?? []
  if (stem !== undefined) {
    const role = signatureRoles.find((known) => known === roleText)
    if (role === undefined) return undefined
    return suffix === 'p7s' ? { kind: 'cms', role } : { kind: 'pq', role, cms: `${stem}.p7s` }
  }
  const [, last] = /^(?:payload|evidence)\/(.*)$/s.exec(name) ?? []
  return last !== undefined && isEntryName(last) ? { kind: 'content' } : undefined
}
