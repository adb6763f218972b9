// SPDX-License-Identifier: Apache-2.0
import type { enrolTexts as source } from '../en/enrol.ts'

/** German texts: the station's own certificate. */
export const enrolTexts: Readonly<Record<keyof typeof source, string>> = {
  'enrol.title': 'Zertifikat dieser Station',
  'enrol.lead':
    'Das Firmware-Team stellt es aus. Schreiben Sie den Antrag auf ein Laufwerk, bringen Sie ihn hin, und setzen Sie ein, was zurückkommt.',
  'enrol.have': 'Gültig bis {until}. Ein neues tritt an seine Stelle.',
  'enrol.words': 'Wörter ihres Schlüssels',
  'enrol.wordsWhy':
    'Lesen Sie sie dem Team am Telefon vor. Es stellt das Zertifikat nur aus, wenn die Datei, die dort ankam, dieselben Wörter zeigt.',
  'enrol.request': 'Antrag auf das Laufwerk schreiben',
  'enrol.written': '{name} ist auf Laufwerk {drive}.',
  'enrol.install': '{name} von {drive} einsetzen',
  'enrol.installed': 'Eingesetzt. Gültig bis {until}.',
  'enrol.next':
    'Benutzen Sie diese Datei nicht. Lassen Sie das Team für den Antrag dieser Station eine neue ausstellen.',
  'enrol.refused': '{name} wurde nicht eingesetzt. {reason}',
}
