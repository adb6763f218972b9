// SPDX-License-Identifier: Apache-2.0
/** An entry as a plain sentence: pure. */
import { isAuditAction } from '../../../shared/audit-actions.ts'
import { isErrorCode, type ErrorCode } from '../../../shared/error-codes.ts'
import { roleName } from '../../../shared/contract/values.ts'
import type { Shape, Tone } from '../../components/icons.ts'
import type { Text } from '../../text/use-text.ts'
import type { Entry } from './entries.ts'

/** The name of an act; what no version that is known here wrote is named as it stands. */
export const actName = (action: string, t: Text): string => (isAuditAction(action) ? t(`act.${action}`) : action)

const actors: Readonly<Record<string, 'station' | 'setup' | 'unknown'>> = {
  station: 'station',
  setup: 'setup',
  'signed-out': 'unknown',
}

/** Who acted: a person by name, the station itself, or somebody whom the station does not know. */
export const whoOf = ({ actor, role }: Pick<Entry, 'actor' | 'role'>, t: Text): string => {
  const other = Object.hasOwn(actors, role) ? actors[role] : undefined
  return other === undefined ? actor : t(`audit.by.${other}`)
}

/** Who acted, with their roles in words. */
export const whoWithRole = (entry: Pick<Entry, 'actor' | 'role'>, t: Text): string => {
  const roles = entry.role.split(' ').flatMap((word) => {
    const role = roleName.safeParse(word)
    return role.success ? [t(`role.${role.data}`)] : []
  })
  return [whoOf(entry, t), ...roles].join(', ')
}

const ends = ['signed-out', 'idle', 'limit', 'replaced', 'changed'] as const

/** Why a password was kept anew where nobody gave a reason. */
const passwords = [
  ['own', 'audit.why.own'],
  ['higher cost', 'audit.why.cost'],
] as const

/** Why, in words: the headline of a code, why a session ended or a password was kept anew, or what a person wrote. */
export const whyOf = (
  { action, reason }: Pick<Entry, 'action' | 'reason'>,
  t: Text,
  headline: (code: ErrorCode) => string,
): string => {
  if (reason === null) return '–'
  if (isErrorCode(reason)) return headline(reason)
  const end = action === 'session.end' ? ends.find((one) => one === reason) : undefined
  if (end !== undefined) return t(`audit.end.${end}`)
  const why = action === 'person.password' ? passwords.find(([word]) => word === reason)?.[1] : undefined
  return why === undefined ? reason : t(why)
}

/** What the entry speaks of: its name, else its id. */
export const thingOf = ({ thing, object }: Pick<Entry, 'thing' | 'object'>): string => thing ?? shortId(object.id)

/** Person, thing and result in one sentence, or two; the headline of a refusal is its reason, said where it is asked for. */
export const sentence = (entry: Entry, t: Text, headline?: (code: ErrorCode) => string): string => {
  const { action, outcome, reason } = entry
  const values = { who: whoOf(entry, t), thing: thingOf(entry) }
  if (!isAuditAction(action)) return t('audit.unknownAct', { ...values, action })
  if (outcome === 'ok') return t(`did.${action}`, values)
  const why = reason !== null && isErrorCode(reason) ? headline?.(reason) : undefined
  return [t(`tried.${action}`, values), t(`audit.was.${outcome}`), ...(why === undefined ? [] : [why])].join(' ')
}

/** How an outcome looks: shape and tone; the word comes from the catalogue. */
export const outcomeLook = {
  ok: { shape: 'done', tone: 'good' },
  refused: { shape: 'notSuitable', tone: 'attention' },
  failed: { shape: 'triangle', tone: 'bad' },
} as const satisfies Record<string, { shape: Shape; tone: Tone }>

/** An id as a list shows it: the first eight characters of what nobody reads, a name as it is. */
export const shortId = (id: string): string => (/^[0-9a-f-]{32,}$/.test(id) ? id.slice(0, 8) : id)

/** A leaf's text, indented for reading; exactly as it is where it is no JSON. */
export const readable = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
