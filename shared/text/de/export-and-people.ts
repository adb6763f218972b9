// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { exportAndPeopleTexts as source } from '../en/export-and-people.ts'

/** German texts: export and people. */
export const exportAndPeopleTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'export.policy': {
    headline: 'Die Bereinigungsrichtlinie fehlt, ist unbekannt oder ungültig.',
    state: 'Nichts verlässt den Standort.',
    next: ['Bitten Sie die Compliance um die genehmigte Richtlinie.'],
  },
  'export.leak': {
    headline: 'Die Lecksuche hat Werte gefunden, die nicht hinausdürfen[: {hits}].',
    state: 'Nichts verlässt den Standort; niemand kann es durchwinken.',
    next: ['Entfernen Sie die Werte oder das Feld, und beginnen Sie noch einmal.'],
  },
  'export.preview': {
    headline: 'Die Vorschau dieser Ausfuhr ist nicht die, die genehmigt wurde.',
    state: 'Sie wird nicht gezeigt. Wer welchen Inhalt genehmigt hat, steht im Protokoll[, Eintrag {entry}].',
    next: ['Sagen Sie es Ihrer Compliance: Jemand hat eine Datei dieser Station geändert.'],
  },
  'export.new-field': {
    headline: 'Felder sind seit der letzten Genehmigung neu[: {fields}].',
    state: 'Nichts wurde unterschrieben.',
    next: ['Entscheiden Sie neben der Vorschau über jedes, und unterschreiben Sie dann.'],
  },
  'export.changed': {
    headline: 'Die Daten haben sich geändert, seit Sie sie angesehen haben.',
    state: 'Nichts wurde unterschrieben.',
    next: ['Sehen Sie die neue Vorschau an, und unterschreiben Sie dann.'],
  },
  'export.same-person': {
    headline: 'Sie haben diese Ausfuhr beantragt, also muss jemand anderes sie genehmigen.',
    state: 'Nichts wurde unterschrieben.',
    next: ['Bitten Sie eine andere Person der Compliance.'],
  },
  'export.nothing': {
    headline: 'Für diesen Zeitraum gibt es nichts auszuführen.',
    state: 'Nichts wurde gemacht.',
    next: ['Erweitern Sie den Zeitraum, oder sammeln Sie zuerst.'],
  },
  'export.state': {
    headline: 'Diese Ausfuhr ist nicht in einem Zustand, der diesen Schritt erlaubt.',
    state: 'Nichts wurde geändert.',
    next: ['Sehen Sie die Ausfuhr noch einmal an: jemand anderes kann gehandelt haben.'],
  },
  'export.no-recipient': {
    headline: 'Die Vertrauensrichtlinie nennt niemanden, für den verschlüsselt wird.',
    state: 'Nichts verlässt den Standort.',
    next: ['Bitten Sie um eine Vertrauensrichtlinie mit einem Empfänger.'],
  },
  'archive.unknown-station': {
    headline: 'Dieses Archiv kommt von einer unbekannten Station.',
    state: 'Nichts wurde übernommen.',
    next: ['Prüfen Sie das Zertifikat der Station und die Vertrauensrichtlinie.'],
  },
  'archive.gap': {
    headline: 'Ein Archiv vor diesem fehlt.',
    state: 'Dieses wartet abgesondert.',
    next: ['Bitten Sie den Standort um das fehlende Archiv.'],
  },
  'archive.count': {
    headline: 'Dieses Archiv hat eine andere Zahl von Datensätzen, als es sagt.',
    state: 'Nichts wurde übernommen.',
    next: ['Bitten Sie den Standort, das Archiv noch einmal zu schreiben.'],
  },
  'archive.policy': {
    headline: 'Dieses Archiv wurde nach einer Richtlinie bereinigt, die nicht genehmigt ist.',
    state: 'Nichts wurde übernommen.',
    next: ['Fragen Sie den Standort, welche Richtlinie gilt.'],
  },
  'archive.decrypt': {
    headline: 'Dieses Archiv lässt sich mit diesem Schlüssel nicht entschlüsseln.',
    state: 'Nichts wurde übernommen.',
    next: ['Benutzen Sie den Schlüssel, den die Vertrauensrichtlinie als Empfänger nennt.'],
  },
  'archive.replayed': {
    headline: 'Dieses Archiv ist älter als das, was von seiner Station bekannt ist.',
    state: 'Nichts wurde übernommen.',
    next: ['Es ist nichts zu tun, wenn es schon übernommen wurde.'],
  },
  'archive.rows': {
    headline: 'Dieses Archiv hat Datensätze von unbekannter Form.',
    state: 'Nichts wurde übernommen.',
    next: [
      'Aktualisieren Sie diese Befehlszeile, oder fragen Sie den Standort, welches Airlock das Archiv geschrieben hat.',
    ],
  },
  'person.credentials': {
    headline: 'Benutzername oder Passwort ist nicht richtig.',
    state: 'Es ist nichts geschehen.',
    next: ['Versuchen Sie es noch einmal, oder fragen Sie einen Administrator.'],
  },
  'person.locked': {
    headline: 'Dieses Konto ist nach 5 Versuchen gesperrt.',
    state: 'Sie sind nicht angemeldet.',
    next: ['Ein Administrator kann es sofort entsperren.', 'Nach 15 Minuten entsperrt es sich von selbst.'],
  },
  'person.exists': {
    headline: 'Es gibt schon ein Konto mit diesem Benutzernamen.',
    state: 'Nichts wurde geändert.',
    next: ['Wählen Sie einen anderen Benutzernamen; der einer gegangenen Person wird nie wieder vergeben.'],
  },
  'person.not-allowed': {
    headline: 'Ihre Rolle erlaubt das nicht.',
    state: 'Nichts wurde geändert.',
    next: ['Bitten Sie jemanden, dessen Rolle es erlaubt.'],
  },
  'person.signed-out': {
    headline: 'Sie sind abgemeldet.',
    state: 'Nichts wurde geändert; laufende Arbeit geht weiter.',
    next: ['Melden Sie sich wieder an.'],
  },
  'person.name-rule': {
    headline: 'Dieser Name hat Zeichen, die nicht erlaubt sind.',
    state: 'Nichts wurde geändert.',
    next: [
      'Nehmen Sie Buchstaben eines Alphabets, Ziffern, Punkte und Bindestriche; höchstens 64, mit einzelnen Leerzeichen.',
    ],
  },
  'person.mismatch': {
    headline: 'Ein Konto wurde außerhalb von Airlock geändert.',
    state: 'Was das Protokoll sagt, gilt wieder; ein ersetztes Passwort wirkt nicht mehr.',
    next: ['Sagen Sie es der Compliance.', 'Bitten Sie einen Administrator um ein neues Passwort.'],
  },
}
