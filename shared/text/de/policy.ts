// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { policyTexts as source } from '../en/policy.ts'

/** German texts: policy, certificates of stations. */
export const policyTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'policy.old-threshold': {
    headline: 'Diese Vertrauensrichtlinie ist nicht von genug der jetzigen Wurzelschlüssel unterschrieben.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'policy.new-threshold': {
    headline: 'Diese Vertrauensrichtlinie ist nicht von genug ihrer eigenen Wurzelschlüssel unterschrieben.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'policy.gap': {
    headline: 'Vor diesem Schritt der Vertrauensrichtlinie fehlt einer.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Bitten Sie um ein Laufwerk mit jedem Schritt dazwischen.'],
  },
  'policy.rollback': {
    headline: 'Diese Vertrauensrichtlinie ist älter als die jetzige.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Es ist nichts zu tun.'],
  },
  'policy.equivocation': {
    headline: 'Es gibt zwei verschiedene Vertrauensrichtlinien mit derselben Version.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Sagen Sie es der Sicherheit und Ihrem Firmware-Kontakt.'],
  },
  'policy.schema': {
    headline: 'Diese Vertrauensrichtlinie hat fehlende, falsche oder unbekannte Felder.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'policy.expired': {
    headline: 'Die Vertrauensrichtlinie dieses Standorts ist abgelaufen.',
    state: 'Die Einfuhr ist aus, bis es eine neue gibt.',
    next: ['Bitten Sie Ihren Firmware-Kontakt um den nächsten Schritt der Richtlinie.'],
  },
  'policy.weakening': {
    headline: 'Diese Vertrauensrichtlinie schwächt eine Regel, ohne sie zu nennen.',
    state: 'Die jetzige Richtlinie gilt weiter.',
    next: ['Sagen Sie es der Sicherheit und Ihrem Firmware-Kontakt.'],
  },
  'policy.absent': {
    headline: 'Diese Station hat noch keine Vertrauensrichtlinie.',
    state: 'Nichts kann eingeführt werden.',
    next: ['Zwei Personen bestätigen die erste Richtlinie an ihren Wörtern.'],
  },
  'policy.fingerprint': {
    headline: 'Die Wörter passen nicht zu dieser Vertrauensrichtlinie.',
    state: 'Sie wurde nicht übernommen.',
    next: [
      'Vergleichen Sie noch einmal mit dem Papier.',
      'Weichen sie ab, gehen Sie nicht weiter. Sagen Sie es der Sicherheit.',
    ],
  },
  'policy.not-reviewed': {
    headline: 'Diese Station hat Sie seit ihrem Start nach keinen Wörtern dieser Vertrauensrichtlinie gefragt.',
    state: 'Nichts wurde übernommen.',
    next: ['Sehen Sie sich die Richtlinie zuerst an: dann sagt die Station, welche Wörter sie will.'],
  },
  'policy.same-person': {
    headline: 'Sie haben diese Vertrauensrichtlinie schon bestätigt.',
    state: 'Ihre Bestätigung steht; die Richtlinie gilt noch nicht.',
    next: ['Bitten Sie eine zweite Person, sie mit eigenen Wörtern zu bestätigen.'],
  },
  'enrolment.request': {
    headline: 'Der Antrag in dieser Datei ist keiner, den eine Station stellt.',
    state: 'Es wurde kein Zertifikat ausgestellt.',
    next: [
      'Lassen Sie die Station einen neuen Antrag schreiben.',
      'Sagt der neue dasselbe, melden Sie es der Sicherheit.',
    ],
  },
  'enrolment.key': {
    headline: 'Diese Datei nennt einen anderen Schlüssel als den, für den sie ist.',
    state: 'Nichts wurde ausgestellt oder eingesetzt.',
    next: ['Benutzen Sie die Kopie auf diesem Laufwerk nicht. Sagen Sie es der Sicherheit und Ihrem Firmware-Kontakt.'],
  },
  'enrolment.other-station': {
    headline: 'Dieses Zertifikat ist für eine andere Station.',
    state: 'Das Zertifikat, das diese Station hat, bleibt.',
    next: [
      'Suchen Sie auf dem Laufwerk die Datei dieser Station.',
      'Oder schreiben Sie einen neuen Antrag, und schicken Sie ihn dem Team.',
    ],
  },
}
