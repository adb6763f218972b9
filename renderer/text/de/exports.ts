// SPDX-License-Identifier: Apache-2.0
import type { exportTexts as en } from '../en/exports.ts'

/** German: who decided about an export, and what a leak search found. */
export const exportTexts: Readonly<Record<keyof typeof en, string>> = {
  'sign.signs': 'Es unterschreibt',
  'sign.now': 'Zeit',
  'sign.contents': 'Fingerabdruck',
  'decision.approved': 'Genehmigt von {name}, {at}.',
  'decision.rejected': 'Zurückgegeben von {name}, {at}.',
  'decision.reason': 'Grund: {reason}',
  'exports.sentBack': '{name} hat „{reason}“ zurückgegeben.',
  'exports.voided':
    'Die Daten haben sich nach dem Sammeln geändert, darum kann nichts davon hinausgehen. Beantragen Sie die Ausfuhr neu.',
  'leak.show': '{count, plural, one {# Wert zeigen} other {# Werte zeigen}}',
  'leak.title': 'Was die Lecksuche gefunden hat',
  'leak.where': 'Wo',
  'leak.value': 'Wert',
  'leak.rule': 'Gefunden durch',
  'leak.byNames': 'Namensliste',
  'leak.none': 'Die Liste der Namen, die hier bleiben, fehlt: Die Compliance legt sie an.',
  'review.asApproved': 'Das ist die Vorschau, wie sie genehmigt wurde: Ihre Bytes sind die, die das Protokoll nennt.',
}
