// SPDX-License-Identifier: Apache-2.0
import type { mediaTexts as source } from '../en/media.ts'

/** German: drives as they come and go. */
export const mediaTexts: Readonly<Record<keyof typeof source, string>> = {
  'media.sheet': 'Laufwerk',
  'media.which': 'Laufwerk',
  'media.choose': 'Bitte wählen',
  'media.choice': '{name}: {total}, {free} frei',
  'media.readOnly': 'Schreibgeschützt',
  'media.eject': '{name} auswerfen',
  'media.state.reading': 'Wird gelesen',
  'media.state.unreadable': 'Nicht lesbar',
  'media.state.silent': 'Antwortet nicht',
  'media.state.input-device': 'Nicht benutzt',
  'media.state.in-use': 'In Benutzung, nicht entfernen',
  'media.state.safe': 'Kann entfernt werden',
  'media.room': '{total}, {free} frei',
  'media.full': 'Voll',
  'media.none': 'Kein Laufwerk ist eingesteckt.',
  'media.checking': '{count, plural, one {# Paket wird geprüft} other {# Pakete werden geprüft}}',
  'media.found':
    '{count, plural, one {# Paket gefunden.} other {# Pakete gefunden.}} {good} geprüft und gut{bad, plural, =0 {} other {, # abgelehnt}}{known, plural, =0 {} other {, # schon hier}}.',
  'media.notChecked': '{count, plural, one {# Paket gefunden.} other {# Pakete gefunden.}}',
  'media.importOne': 'Einführen',
  'media.import': '{count} geprüfte einführen',
  'media.nothingToImport': 'Nichts darauf ist neu hier.',
  'media.imported': 'Eingeführt. Sie können das Laufwerk entfernen.',
  'media.pulled': '{name} wurde zu früh entfernt.',
  'media.pulledMore':
    'Nichts davon wurde behalten. Stecken Sie es wieder ein; das Kopieren beginnt von selbst noch einmal.',
  'media.pulledWriting':
    'Was darauf geschrieben wurde, ist nicht vollständig und zählt nicht. Die Genehmigung bleibt gültig: schreiben Sie noch einmal, auf dieses oder ein anderes Laufwerk.',
  'media.ejected': 'Sie können {name} entfernen.',
  'media.ejectedMore': 'Alles ist geschrieben, und dieser Computer hat es freigegeben.',
  'media.flushed': 'Alles auf {name} ist geschrieben. Es kann entfernt werden.',
  'media.flushedMore':
    'Dieser Computer zeigt es noch, weil ein anderes Programm es benutzt oder das System es nicht freigibt.',
  'drive.verified': 'Geprüft und gut',
  'drive.says': '{product} {version}, für {models}',
  'drive.looking': 'Wird geprüft {part}',
  'write.readOnly': 'Dieses Laufwerk ist schreibgeschützt. Wählen Sie ein anderes.',
  'write.kept': 'Geschrieben und geprüft.',
  'write.keptMore':
    'Das Archiv wurde vom Laufwerk zurückgelesen und ist gleich. Werfen Sie das Laufwerk aus, bevor Sie es entfernen.',
}
