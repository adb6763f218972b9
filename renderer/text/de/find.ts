// SPDX-License-Identifier: Apache-2.0
import type { findTexts as source } from '../en/find.ts'

/** German: command find, keys, scanner. */
export const findTexts: Readonly<Record<keyof typeof source, string>> = {
  'find.title': 'Suchen',
  'find.open': 'Geräte, Seiten und Befehle suchen',
  'find.field': 'Suchen',
  'find.hint': 'Seriennummer, Paket, Ausfuhr, Eintrag, Seite oder Befehl',
  'find.results': 'Treffer',
  'find.count': '{count, plural, =0 {Nichts gefunden} one {# Zeile} other {# Zeilen}}',
  'find.none': 'Nichts passt. Bei Seriennummern 0 und O vergleichen.',
  'find.devices': 'Geräte',
  'find.bundles': 'Pakete',
  'find.exports': 'Ausfuhren',
  'find.entries': 'Protokolleinträge',
  'find.pages': 'Seiten',
  'find.commands': 'Befehle',
  'find.seen': 'zuletzt gesehen {at}',
  'find.exportNumber': 'Ausfuhr {number}',
  'find.theme': 'Darstellung: {name}',
  'find.language': 'Sprache: {name}',
  'find.largeControls': 'Große Bedienelemente benutzen',
  'find.normalControls': 'Normale Bedienelemente benutzen',
  'find.help': 'Hilfe zu dieser Seite',
  'scan.here': 'Gescannt: {serial}.',
  'scan.notHere': '{serial} ist nicht an dieser Werkbank.',
  'scan.unknown': '{serial} ist auf dieser Station nicht bekannt.',
  'scan.seen': 'Zuletzt gesehen {at}.',
  'scan.check': 'Mit dem Etikett vergleichen und noch einmal scannen.',
}
