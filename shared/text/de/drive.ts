// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { driveTexts as source } from '../en/drive.ts'

/** German texts: drive. */
export const driveTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'medium.io': {
    headline: 'Das Laufwerk wurde entfernt oder versagte.',
    state: 'Nichts davon wurde behalten.',
    next: [
      'Stecken Sie es wieder ein; im Fenster beginnt das Kopieren von selbst noch einmal.',
      'Misslingt es wieder, nehmen Sie ein anderes Laufwerk.',
    ],
  },
  'medium.unreadable': {
    headline: 'Dieses Laufwerk[, {drive},] ist nicht lesbar.',
    state: 'Nichts wurde kopiert.',
    next: ['Versuchen Sie einen anderen Anschluss.', 'Bleibt es so, bitten Sie um ein neues Laufwerk.'],
  },
  'medium.nothing-here': {
    headline: 'Auf diesem Laufwerk ist nichts für Airlock.',
    state: 'Nichts wurde kopiert.',
    next: ['Prüfen Sie, ob es das richtige Laufwerk ist: Pakete enden auf .airfw.'],
  },
  'medium.read-only': {
    headline: 'Dieses Laufwerk[, {drive},] ist schreibgeschützt.',
    state: 'Nichts wurde geschrieben; eine Genehmigung bleibt gültig.',
    next: ['Schieben Sie den kleinen Schalter am Laufwerk um, oder nehmen Sie ein anderes.'],
  },
  'medium.full': {
    headline: 'Auf diesem Laufwerk ist nicht genug Platz[: {needed} nötig, {free} frei].',
    state: 'Nichts wurde geschrieben; eine Genehmigung bleibt gültig.',
    next: ['Schaffen Sie Platz auf dem Laufwerk, oder nehmen Sie ein anderes.'],
  },
  'medium.read-back': {
    headline: 'Die Datei auf dem Laufwerk weicht von dem ab, was geschrieben wurde.',
    state: 'Die Kopie auf dem Laufwerk wurde gelöscht; die Genehmigung gilt weiter.',
    next: ['Nehmen Sie ein anderes Laufwerk.', 'Legen Sie dieses als schadhaft beiseite.'],
  },
  'medium.several': {
    headline: 'Zwei Laufwerke sind eingesteckt.',
    state: 'Nichts wurde kopiert.',
    next: ['Wählen Sie das Laufwerk nach seinem Namen.'],
  },
  'medium.input-device': {
    headline: 'Dieses Gerät gibt sich auch als Tastatur aus.',
    state: 'Es wurde nicht benutzt.',
    next: ['Entfernen Sie es, und sagen Sie es der Sicherheit.'],
  },
  'medium.not-allowed': {
    headline: 'Dieses Laufwerk ist hier nicht erlaubt: es ist nicht eingetragen.',
    state: 'Es wurde nicht benutzt: dieser Standort arbeitet nur mit eingetragenen Laufwerken.',
    next: [
      'Nehmen Sie ein Laufwerk von der Liste Ihres Standorts.',
      'Ein Administrator trägt Laufwerke unter Station → Eingetragene Laufwerke ein.',
    ],
  },
  'medium.not-regular': {
    headline: 'Das ist keine gewöhnliche Datei, sondern ein Verweis, ein Ordner oder ein Gerät.',
    state: 'Nichts wurde geöffnet.',
    next: [
      'Bitten Sie darum, das Laufwerk neu zu schreiben.',
      'Kann es niemand erklären, sagen Sie es der Sicherheit.',
    ],
  },
  'medium.gone': {
    headline: 'Das Laufwerk ist nicht mehr da.',
    state: 'Nichts wurde geändert.',
    next: ['Stecken Sie es wieder ein, und wiederholen Sie den Schritt.'],
  },
  'medium.in-use': {
    headline: 'Dieses Laufwerk wird gerade benutzt.',
    state: 'Die Arbeit darauf geht weiter; nichts ging verloren.',
    next: ['Lassen Sie es eingesteckt, bis die Arbeit fertig ist, und werfen Sie es dann aus.'],
  },
  'medium.write': {
    headline: 'Das Laufwerk wurde beim Schreiben entfernt oder versagte.',
    state: 'Die Genehmigung gilt weiter; was auf dem Laufwerk liegt, ist nicht vollständig und zählt nicht.',
    next: ['Stecken Sie es wieder ein, und schreiben Sie noch einmal.', 'Misslingt es wieder, nehmen Sie ein anderes.'],
  },
  'medium.silent': {
    headline: 'Das Laufwerk antwortet nicht.',
    state:
      'Die Arbeit damit ist beendet; nichts davon wurde behalten, eine Genehmigung bleibt gültig. Alle andere Arbeit geht weiter.',
    next: [
      'Ziehen Sie das Laufwerk ab, warten Sie einen Augenblick, und stecken Sie es wieder ein.',
      'Geschieht es wieder, nehmen Sie ein anderes Laufwerk.',
    ],
  },
  'medium.no-identity': {
    headline: 'Dieses Laufwerk sagt nichts, woran es wiederzuerkennen wäre.',
    state: 'Es wurde nicht eingetragen: dieser Rechner liest an ihm keine Kennung des Datenträgers.',
    next: ['Formatieren Sie das Laufwerk an einem anderen Rechner neu, oder tragen Sie ein anderes ein.'],
  },
  'medium.registered': {
    headline: 'Dieses Laufwerk ist schon eingetragen.',
    state: 'Nichts wurde geändert.',
    next: ['Um Namen oder Besitzer zu ändern, beenden Sie die Eintragung, und tragen Sie es neu ein.'],
  },
}
