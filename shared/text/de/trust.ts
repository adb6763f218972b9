// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { trustTexts as source } from '../en/trust.ts'

/** German texts: trust. */
export const trustTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'sig.invalid': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Unterschrift ist falsch.',
    state: 'Nichts davon wurde behalten.',
    next: ['Benutzen Sie die Kopie auf diesem Laufwerk nicht. Sagen Sie es der Sicherheit und Ihrem Firmware-Kontakt.'],
  },
  'sig.pq-invalid': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die zweite, quantensichere Unterschrift ist falsch.',
    state: 'Nichts davon wurde behalten.',
    next: ['Benutzen Sie die Kopie auf diesem Laufwerk nicht. Sagen Sie es der Sicherheit und Ihrem Firmware-Kontakt.'],
  },
  'trust.not-yet-valid': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Der Schlüssel des Unterzeichners galt noch nicht, als es unterschrieben wurde.',
    state: 'Nichts davon wurde behalten.',
    next: ['Prüfen Sie zuerst die Uhr dieser Station.', 'Sagen Sie es dann Ihrem Firmware-Kontakt.'],
  },
  'trust.chain': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Das Zertifikat des Unterzeichners passt nicht zu dem, dem vertraut wird.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'trust.purpose': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Das Zertifikat des Unterzeichners ist nicht für diesen Zweck bestimmt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'trust.role': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Eine Unterschrift steht unter einer Rolle, die der Unterzeichner nicht hat.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'trust.pq-missing': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Die quantensichere Unterschrift, die die Richtlinie verlangt, fehlt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Bitten Sie Ihren Firmware-Kontakt um die fehlende Unterschrift.'],
  },
  'trust.policy-too-old': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Es braucht eine neuere Vertrauensrichtlinie, als diese Station hat.',
    state: 'Nichts davon wurde behalten.',
    next: ['Führen Sie zuerst die Schritte der Vertrauensrichtlinie ein: sie enden auf .airtrust.'],
  },
  'trust.policy-old': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es entstand unter einer Vertrauensrichtlinie, die zu alt ist.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie ein neueres Paket.'],
  },
  'manifest.parse': {
    headline: 'Dieses Paket wurde nicht eingeführt. Sein Verzeichnis ist nicht lesbar.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'manifest.not-canonical': {
    headline: 'Dieses Paket wurde nicht eingeführt. Sein Verzeichnis hat nicht die einzige Form, die angenommen wird.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'manifest.kind': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es ist eine andere Art von Datei, als sein Name sagt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Prüfen Sie, ob Sie die richtige Datei gewählt haben.'],
  },
  'manifest.schema': {
    headline: 'Dieses Paket wurde nicht eingeführt. Sein Verzeichnis hat fehlende, falsche oder unbekannte Felder.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'manifest.flash-range': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Es würde außerhalb des genannten Speichers schreiben, oder einen Teil über einen anderen.',
    state: 'Nichts davon wurde behalten.',
    next: ['Benutzen Sie es nicht. Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'freshness.expired': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es ist abgelaufen.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie ein neueres Paket.'],
  },
  'freshness.future': {
    headline: 'Dieses Paket wurde nicht eingeführt. Nach der Uhr dieser Station wurde es in der Zukunft freigegeben.',
    state: 'Nichts davon wurde behalten.',
    next: ['Prüfen Sie zuerst die Uhr dieser Station.'],
  },
  'rollback.version': {
    headline: 'Dieses Paket ist älter als das, was auf dem Gerät läuft, und die Richtlinie verbietet den Weg zurück.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Benutzen Sie ein neueres Paket.'],
  },
  'rollback.equivocation': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Ein anderes Paket mit derselben Version ist schon hier, mit anderem Inhalt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Benutzen Sie keines von beiden, bis Ihr Firmware-Kontakt es erklärt.'],
  },
  'recall.rollback': {
    headline: 'Diese Rückrufliste ist älter als die bekannte, oder sie nimmt einen Eintrag zurück.',
    state: 'Die bekannte Liste gilt weiter.',
    next: ['Holen Sie die neueste Liste von Ihrem Firmware-Kontakt.'],
  },
  'compat.hardware': {
    headline: 'Dieses Paket ist nicht für dieses Gerät gemacht.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Prüfen Sie das Etikett des Geräts, und wählen Sie das richtige Paket.'],
  },
  'compat.unknown': {
    headline: 'Die Hardware-Revision dieses Geräts ist nicht bekannt.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Lesen Sie die Revision vom Etikett, oder legen Sie das Gerät beiseite.'],
  },
  'compat.requires': {
    headline: 'Das Gerät muss zuerst auf eine andere Version gebracht werden.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Schreiben Sie erst die Version dazwischen, dann diese.'],
  },
  'compat.set': {
    headline: 'Ein anderer Teil des Geräts hat nicht die Version, die dieses Paket braucht.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Aktualisieren Sie zuerst den anderen Teil.'],
  },
  'compat.base': {
    headline: 'Die Version auf dem Gerät ist nicht die, auf der dieses Update aufbaut.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Benutzen Sie ein vollständiges Paket.'],
  },
}
