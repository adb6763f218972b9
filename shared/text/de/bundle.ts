// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { bundleTexts as source } from '../en/bundle.ts'

/** German texts: bundle. */
export const bundleTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'sig.missing': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es hat keine Unterschrift.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie die unterschriebene Datei von Ihrem Firmware-Kontakt.'],
  },
  'payload.digest': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es wurde nach dem Unterschreiben geändert.',
    state: 'Nichts davon wurde behalten.',
    next: [
      'Benutzen Sie die Kopie auf diesem Laufwerk nicht. Holen Sie eine frische, und sagen Sie es Ihrem Firmware-Kontakt.',
    ],
  },
  'sig.digest': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Unterschrift gehört nicht zu dieser Datei.',
    state: 'Nichts davon wurde behalten.',
    next: [
      'Benutzen Sie die Kopie auf diesem Laufwerk nicht. Holen Sie eine frische, und sagen Sie es Ihrem Firmware-Kontakt.',
    ],
  },
  'trust.unknown-signer': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Die Unterschrift ist gut, aber dem Unterzeichner wird hier nicht vertraut.',
    state: 'Nichts davon wurde behalten.',
    next: [
      'Suchen Sie ein freigegebenes Paket.',
      'Soll diesem Unterzeichner vertraut werden, bitten Sie um eine neue Vertrauensrichtlinie auf einem Laufwerk.',
    ],
  },
  'trust.revoked': {
    headline: 'Dieses Paket wurde nicht eingeführt. Der Schlüssel des Unterzeichners wurde zurückgezogen[: {reason}].',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie ein Paket, das mit dem jetzigen Schlüssel unterschrieben ist.'],
  },
  'trust.expired': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Der Schlüssel des Unterzeichners war[ am {ended}] abgelaufen, als es unterschrieben wurde.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie ein Paket, das mit dem jetzigen Schlüssel unterschrieben ist.'],
  },
  'trust.signing-time': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Nach der Uhr dieser Station liegt die Unterschrift in der Zukunft oder außerhalb der Gültigkeit des Schlüssels.',
    state: 'Nichts davon wurde behalten.',
    next: ['Prüfen Sie zuerst die Uhr dieser Station.'],
  },
  'trust.scope': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Es ist nicht für diesen Standort, dieses Produkt oder diesen Kanal bestimmt[: Es ist für {product}, und sein Unterzeichner darf für {products} unterschreiben][: Es ist für {sites}, und diese Station gehört zu {site}][: In den Kanal {channel} darf niemand freigeben].',
    state: 'Nichts davon wurde behalten.',
    next: ['Prüfen Sie das Laufwerk: Ist es das richtige Paket?'],
  },
  'rollback.counter': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Es ist älter, als die Richtlinie erlaubt[: Sein Zähler ist {counter}, nötig ist mindestens {least}].',
    state: 'Nichts davon wurde behalten.',
    next: ['Benutzen Sie ein neueres Paket.'],
  },
  'container.truncated': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Datei ist beschädigt: ihr Ende fehlt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.'],
  },
  'trust.threshold': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Es braucht Unterschriften von mehr Personen, als es hat[: {needs} von „{role}“, und es hat {has}].',
    state: 'Nichts davon wurde behalten.',
    next: ['Bitten Sie Ihren Firmware-Kontakt um die fehlende Unterschrift.'],
  },
  'trust.withdrawn-here': {
    headline:
      'Ein Schlüssel, den dieses Paket braucht, wurde an diesem Standort zurückgezogen[, am {day} von {first} und {second}: „{reason}“].',
    state: 'Nichts wurde eingeführt und auf kein Gerät geschrieben.',
    next: [
      'Holen Sie ein Paket, das mit einem anderen Schlüssel unterschrieben ist. Wer ihn wann und warum zurückgezogen hat, steht unter Vertrauensschlüssel.',
    ],
  },
  'recall.withdrawn-here': {
    headline: 'Dieses Paket wurde an diesem Standort zurückgezogen[, am {day} von {first} und {second}: „{reason}“].',
    state: 'Nichts wurde eingeführt und auf kein Gerät geschrieben.',
    next: ['Benutzen Sie eine andere Version. Wer es wann und warum zurückgezogen hat, steht beim Paket: Pakete.'],
  },
  'recall.bundle': {
    headline: 'Diese Version wurde zurückgezogen[, durch die Liste vom {listed}: „{reason}“].',
    state: 'Sie wurde auf kein Gerät geschrieben.',
    next: ['Benutzen Sie die Version, die der Rückruf nennt[: {instead}].'],
  },
  'compat.importer': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es braucht ein neueres Airlock[: {least} oder neuer].',
    state: 'Nichts davon wurde behalten.',
    next: ['Bitten Sie Ihren Administrator, diese Station zu aktualisieren.'],
  },
  'container.trailing-data': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es enthält Daten, die nicht hineingehören.',
    state: 'Nichts davon wurde behalten.',
    next: [
      'Öffnen Sie das Laufwerk nirgends sonst. Sagen Sie es der Sicherheit.',
      'Holen Sie eine frische Kopie von Ihrem Firmware-Kontakt.',
    ],
  },
  'container.empty': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Datei ist leer.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.'],
  },
  'container.not-ustar': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Datei ist nicht, was ihr Name sagt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Prüfen Sie, ob Sie die richtige Datei gewählt haben.', 'Kopieren Sie sie noch einmal auf das Laufwerk.'],
  },
  'container.no-end': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Datei ist beschädigt: ihre Endmarke fehlt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.'],
  },
  'container.length': {
    headline: 'Dieses Paket wurde nicht eingeführt. Seine Länge ist nicht die, die unterschrieben wurde.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.', 'Bleibt es so, sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'container.header-checksum': {
    headline: 'Dieses Paket wurde nicht eingeführt. Die Datei ist beschädigt: eine Prüfsumme darin ist falsch.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.'],
  },
  'container.header-size': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Größe in der Datei ist nicht lesbar.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.', 'Bleibt es so, sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'container.entry-type': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es enthält etwas anderes als gewöhnliche Dateien.',
    state: 'Nichts davon wurde behalten.',
    next: ['Öffnen Sie das Laufwerk nirgends sonst. Sagen Sie es der Sicherheit.'],
  },
  'container.name': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es enthält einen Dateinamen, der nicht erlaubt ist.',
    state: 'Nichts davon wurde behalten.',
    next: ['Öffnen Sie das Laufwerk nirgends sonst. Sagen Sie es der Sicherheit.'],
  },
  'container.duplicate-name': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es enthält denselben Dateinamen zweimal.',
    state: 'Nichts davon wurde behalten.',
    next: ['Öffnen Sie das Laufwerk nirgends sonst. Sagen Sie es der Sicherheit.'],
  },
  'container.order': {
    headline: 'Dieses Paket wurde nicht eingeführt. Seine Teile stehen nicht in der vorgeschriebenen Reihenfolge.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie eine frische Kopie von Ihrem Firmware-Kontakt.'],
  },
  'limit.manifest-size': {
    headline: 'Dieses Paket wurde nicht eingeführt. Sein Verzeichnis ist größer als 1 MiB.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'limit.signature-size': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine seiner Unterschriften ist größer als 64 KiB.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'limit.entries': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es hat mehr Teile oder Unterschriften als erlaubt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'limit.total-size': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es ist größer, als diese Station annimmt oder Platz hat.',
    state: 'Nichts davon wurde behalten.',
    next: [
      'Bitten Sie Ihren Administrator, Platz zu schaffen.',
      'Ist Platz da, muss eine neue Vertrauensrichtlinie die Grenze des Standorts anheben.',
    ],
  },
  'limit.policy-steps': {
    headline: 'Auf diesem Laufwerk sind mehr als 256 Schritte der Vertrauensrichtlinie.',
    state: 'Kein Schritt wurde angewandt.',
    next: ['Bitten Sie Ihren Firmware-Kontakt um ein Laufwerk nur mit den fehlenden Schritten.'],
  },
  'payload.unlisted': {
    headline: 'Dieses Paket wurde nicht eingeführt. Es enthält eine Datei, die sein Verzeichnis nicht nennt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Öffnen Sie das Laufwerk nirgends sonst. Sagen Sie es der Sicherheit.'],
  },
  'payload.missing': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Datei, die sein Verzeichnis nennt, fehlt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Kopieren Sie sie noch einmal auf das Laufwerk.'],
  },
  'payload.size': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Datei darin hat nicht die Größe, die unterschrieben wurde.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie eine frische Kopie, und sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'payload.decrypt': {
    headline: 'Die Firmware in diesem Paket lässt sich hier nicht entschlüsseln.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Bitten Sie Ihren Firmware-Kontakt um ein Paket für diesen Standort.'],
  },
  'evidence.mismatch': {
    headline: 'Dieses Paket wurde nicht eingeführt. Seine Prüfnachweise gehören nicht zu dieser Firmware.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.parse': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine seiner Unterschriften ist nicht lesbar.',
    state: 'Nichts davon wurde behalten.',
    next: ['Holen Sie eine frische Kopie, und sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.not-der': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Eine seiner Unterschriften hat nicht die einzige Form, die angenommen wird (DER).',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.too-large': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine seiner Unterschriften ist zu groß oder zu tief.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.signer-count': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Unterschriftsdatei hat nicht genau einen Unterzeichner.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.not-detached': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Unterschrift trägt eigenen Inhalt.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.content-type': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Unterschrift ist nicht von der vorgeschriebenen Art.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.attributes': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Einer Unterschrift fehlen unterschriebene Angaben, oder sie hat zu viele.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.algorithm': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Eine Unterschrift benutzt ein Verfahren, das nicht angenommen wird.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.key': {
    headline:
      'Dieses Paket wurde nicht eingeführt. Eine Unterschrift benutzt einen zu schwachen oder unbekannten Schlüssel.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'sig.certificate': {
    headline: 'Dieses Paket wurde nicht eingeführt. Eine Unterschrift nennt ihr Zertifikat nicht eindeutig.',
    state: 'Nichts davon wurde behalten.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
}
