// SPDX-License-Identifier: Apache-2.0
import type { Change } from '../../../shared/formats/document-changes.ts'
import { roleLabel } from '../../components/signer-role.ts'
import { shortDigest } from '../../text/format.ts'
import type { Text } from '../../text/use-text.ts'

type Time = (at: number) => string

/** Places of a policy that change with every step and say nothing. */
const silent = ['version', 'issuedAt']

/** An empty list and none are the same to a person. */
const isSaid = ({ path, from, to }: Change): boolean => !silent.includes(path) && (from ?? '') !== (to ?? '')

const keyPlace = /^roles\.([a-z-]+)\.(keys|cas)\[([0-9a-f]{64})\]\.valid(From|Until)$/
const rolePlace = /^roles\.([a-z-]+)\.(threshold|products)$/
const counterPlace = /^counters\.(.+)$/
const revokedPlace = /^revokedKeys\[([0-9a-f]{64})\]/

/** A key of a CA lets in whomever it vouches for: that is another thing than one key that signs. */
const comesOrGoes = {
  keys: { added: 'keys.change.added', removed: 'keys.change.removed' },
  cas: { added: 'keys.change.caAdded', removed: 'keys.change.caRemoved' },
} as const

const sayKey = (t: Text, time: Time, [, name = '', list, pin = '', side]: RegExpExecArray, change: Change): string => {
  const values = { role: roleLabel(t, name), key: shortDigest(pin) }
  const { added, removed } = comesOrGoes[list === 'cas' ? 'cas' : 'keys']
  if (change.from === null) return t(added, values)
  if (change.to === null) return t(removed, values)
  const days = { from: time(Date.parse(change.from)), to: time(Date.parse(change.to)) }
  return t(side === 'From' ? 'keys.change.from' : 'keys.change.until', { ...values, ...days })
}

/** Every product is a star in a policy. */
const sayProducts = (t: Text, products: string): string => (products === '*' ? t('keys.change.all') : products)

const sayChange = (t: Text, time: Time, change: Change): string => {
  const [from, to] = [change.from ?? '–', change.to ?? '–']
  const key = keyPlace.exec(change.path)
  if (key !== null) return sayKey(t, time, key, change)
  const [, role, what] = rolePlace.exec(change.path) ?? []
  if (role !== undefined)
    return t(what === 'threshold' ? 'keys.change.threshold' : 'keys.change.products', {
      role: roleLabel(t, role),
      from: sayProducts(t, from),
      to: sayProducts(t, to),
    })
  const about = counterPlace.exec(change.path)?.[1]
  if (about !== undefined) return t('keys.change.counter', { about, from, to })
  const revoked = revokedPlace.exec(change.path)?.[1]
  if (revoked !== undefined)
    return t(change.to === null ? 'keys.change.unrevoked' : 'keys.change.revoked', { key: shortDigest(revoked), to })
  if (change.path === 'expires')
    return t('keys.change.expires', { from: time(Date.parse(from)), to: time(Date.parse(to)) })
  return t('keys.change.other', { path: change.path, from, to })
}

/** What a policy changes, a sentence each; a place that has none of its own stands as the policy writes it. */
export const sayChanges = (t: Text, time: Time, changes: readonly Change[]): string[] => [
  ...new Set(changes.filter(isSaid).map((change) => sayChange(t, time, change))),
]
