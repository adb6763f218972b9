// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { sentence, whoWithRole, whyOf } from '../../../renderer/features/audit/sentence.ts'
import { de } from '../../../renderer/text/de.ts'
import { en, type TextKey } from '../../../renderer/text/en.ts'
import type { Text } from '../../../renderer/text/use-text.ts'
import { auditActions } from '../../../shared/audit-actions.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { de as germanErrors } from '../../../shared/text/de.ts'
import { en as englishErrors } from '../../../shared/text/en.ts'

const speak =
  (catalogue: Readonly<Record<TextKey, string>>): Text =>
  (key, values = {}) =>
    catalogue[key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? `?${name}?`))
const english = speak(en)
const german = speak(de)
const headline =
  (language: 'en' | 'de') =>
  (code: ErrorCode): string =>
    (language === 'en' ? englishErrors : germanErrors)[code].headline

const entry = {
  seq: 7,
  at: 0,
  actor: 'Ada Castellanos',
  role: 'administrator',
  action: 'person.create',
  object: { type: 'person', id: '0b9d4f0e-4bb6-4a1c-9d5c-0a3c6b0f0001' },
  thing: 'Tomas Keller',
  outcome: 'ok',
  reason: null,
} as const

describe('an entry of the log as a sentence', () => {
  it.each(auditActions)('%s names the person in both languages, done and not done (ux 62)', (action) => {
    for (const [t, language] of [
      [english, 'en'],
      [german, 'de'],
    ] as const) {
      const done = sentence({ ...entry, action }, t, headline(language))
      const refused = sentence(
        { ...entry, action, outcome: 'refused', reason: 'person.not-allowed' },
        t,
        headline(language),
      )
      expect([done, refused].every((text) => text.startsWith('Ada Castellanos ') && !/[{}?]/.test(text))).toBe(true)
      expect(done).toMatch(/\.$/)
      expect(refused).toContain(headline(language)('person.not-allowed'))
      expect(done + refused).not.toContain(action)
    }
  })

  it('says in words why the station or the person kept a password anew', () => {
    const why = (reason: string, t: Text) => whyOf({ action: 'person.password', reason }, t, headline('en'))
    expect(why('own', english)).toBe('Changed by the person.')
    expect(why('higher cost', english)).toBe('The station keeps it harder to guess now.')
    expect(why('own', german)).toBe('Von der Person geändert.')
    expect(why('forgotten at the weekend', english)).toBe('forgotten at the weekend')
  })

  it('says what was done to whom, and what was not and why', () => {
    expect(sentence(entry, english, headline('en'))).toBe('Ada Castellanos added Tomas Keller.')
    const refused = { ...entry, action: 'bundle.import', thing: 'a.airfw', outcome: 'refused', reason: 'trust.expired' }
    expect(sentence({ ...refused, outcome: 'refused' }, german, headline('de'))).toBe(
      `Ada Castellanos wollte das Paket a.airfw einführen. Es wurde abgelehnt. ${headline('de')('trust.expired')}`,
    )
    expect(sentence({ ...refused, outcome: 'refused' }, english)).not.toContain(headline('en')('trust.expired'))
  })

  it('calls the station, the first set-up and a stranger by words', () => {
    const by = (role: string) => whoWithRole({ actor: 'x', role }, german)
    expect([by('station'), by('setup'), by('signed-out'), by('technician officer')]).toEqual([
      'Die Station',
      'Die Ersteinrichtung',
      'Jemand Unbekanntes',
      'x, Techniker, Compliance-Beauftragte',
    ])
  })

  it('says why a session ended, and leaves what a person wrote as it is', () => {
    expect(whyOf({ action: 'session.end', reason: 'idle' }, english, headline('en'))).toMatch(/for a while/)
    expect(whyOf({ action: 'person.roles', reason: 'idle' }, english, headline('en'))).toBe('idle')
  })

  it('names an act that another version of Airlock wrote as it stands', () => {
    expect(sentence({ ...entry, action: 'moon.land' }, english, headline('en'))).toContain('moon.land')
  })
})
