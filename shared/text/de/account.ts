// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** German: what an account, a password or a role may be; each broken rule has its own text. */
export const accountTexts = {
  'person.password-ended': {
    headline: 'Ihr Passwort ist mehr als ein Jahr alt.',
    state: 'Sie sind angemeldet; anderes ist noch nicht möglich.',
    next: ['Ändern Sie jetzt Ihr Passwort.'],
  },
  'person.password-length': {
    headline: 'Dieses Passwort ist zu kurz.',
    state: 'Nichts wurde geändert.',
    next: ['Nehmen Sie mindestens 12 Zeichen.'],
  },
  'person.password-kinds': {
    headline: 'Dieses Passwort hat zu wenige Arten von Zeichen.',
    state: 'Nichts wurde geändert.',
    next: ['Mischen Sie drei Arten (klein, groß, Ziffer, Zeichen), oder nehmen Sie einen Satz von 16 Zeichen.'],
  },
  'person.password-login': {
    headline: 'Dieses Passwort enthält den Benutzernamen.',
    state: 'Nichts wurde geändert.',
    next: ['Wählen Sie ein Passwort ohne den Benutzernamen.'],
  },
  'person.password-common': {
    headline: 'Dieses Passwort gehört zu denen, die zuerst probiert werden.',
    state: 'Nichts wurde geändert.',
    next: ['Verzichten Sie auf Wörter wie „Passwort“ und auf immer dieselben Zeichen.'],
  },
  'person.password-characters': {
    headline: 'Dieses Passwort lässt sich nicht überall wieder eingeben, oder es ist länger als 256 Zeichen.',
    state: 'Nichts wurde geändert.',
    next: ['Nehmen Sie Zeichen, die jede Tastatur hat, höchstens 256.'],
  },
  'person.password-used': {
    headline: 'Sie haben dieses Passwort schon benutzt.',
    state: 'Nichts wurde geändert.',
    next: ['Wählen Sie eines, das nicht zu Ihren letzten vier gehört.'],
  },
  'person.password-temporary': {
    headline: 'Ihr Passwort hat Ihnen jemand anders gegeben.',
    state: 'Sie sind angemeldet; anderes ist noch nicht möglich.',
    next: ['Ändern Sie jetzt Ihr Passwort, dann kennen nur Sie es.'],
  },
  'person.login-rule': {
    headline: 'Dieser Benutzername hat Zeichen, die nicht erlaubt sind.',
    state: 'Nichts wurde geändert.',
    next: [
      'Beginnen Sie mit einem Buchstaben von A bis Z; danach Buchstaben, Ziffern, Punkte und Striche, zusammen 2 bis 32.',
    ],
  },
  'person.name-taken': {
    headline: 'Dieser Name sieht aus wie der Name einer anderen Person hier.',
    state: 'Nichts wurde geändert.',
    next: ['Ergänzen Sie, was die beiden Personen unterscheidet.'],
  },
  'person.own-role': {
    headline: 'Niemand kann die eigene Rolle ändern.',
    state: 'Nichts wurde geändert.',
    next: ['Bitten Sie einen anderen Administrator.'],
  },
  'person.last-one': {
    headline: 'Das ist die letzte Person dieser Station mit der Rolle Administrator oder Compliance-Beauftragte.',
    state: 'Nichts wurde geändert.',
    next: ['Geben Sie diese Rolle zuerst einer anderen Person.'],
  },
  'person.two-roles': {
    headline: 'Administrator und Compliance-Beauftragte sind zwei Personen.',
    state: 'Nichts wurde geändert.',
    next: ['Wählen Sie eine der beiden Rollen.'],
  },
  'person.no-role': {
    headline: 'Eine Person braucht mindestens eine Rolle.',
    state: 'Nichts wurde geändert.',
    next: ['Wählen Sie eine Rolle.'],
  },
} as const satisfies Record<string, ErrorText>
