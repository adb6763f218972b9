// SPDX-License-Identifier: Apache-2.0
import type { portTexts as source } from '../en/ports.ts'

/** German: the ports of the bench and who is at them. */
export const portTexts: Readonly<Record<keyof typeof source, string>> = {
  'setUp.ports': 'Ports',
  'ports.title': 'Ports',
  'ports.lead':
    'Jeder Port hat die Nummer des Aufklebers am Hub. Stecken Sie ein Gerät ein, um zu sehen, welcher Port es ist.',
  'ports.stepLead':
    'Stecken Sie der Reihe nach ein Gerät in jeden Port. Seine Kachel leuchtet auf und fragt nach der Nummer auf dem Aufkleber. Das geht auch später.',
  'ports.count':
    '{here, plural, =0 {Es ist nichts eingesteckt.} one {An # Port steckt etwas.} other {An # Ports steckt etwas.}} {all, plural, one {# Platz ist bekannt.} other {# Plätze sind bekannt.}}',
  'ports.open': 'Plan der Ports öffnen',
  'ports.back': 'Zurück zur Station',
  'ports.none': 'Stecken Sie das erste Gerät ein. Sein Port erscheint nach wenigen Sekunden.',
  'ports.pick': 'Stecken Sie ein Gerät ein, oder wählen Sie einen Port, um ihm eine Nummer zu geben.',
  'ports.here': 'Eingesteckt',
  'ports.absent': 'Frei',
  'ports.lit': 'Gerade eingesteckt',
  'ports.sticker': 'Nummer des Ports',
  'ports.number': 'Nummer auf dem Aufkleber',
  'ports.numberRule': 'Geben Sie eine ganze Zahl von 1 bis 999 ein.',
  'ports.name': 'Name',
  'ports.nameHint': 'Kann leer bleiben, zum Beispiel: linker Hub',
  'ports.place': 'Buchse:',
  'ports.swap': 'Ein anderer Port hat die Nummer {number}. Er bekommt die Nummer {other}.',
  'ports.keep': 'Diese Nummer behalten',
  'ports.kept': 'Das ist ab jetzt Port {number}.',
  'ports.onlyAdministrator': 'Die Nummern der Ports vergibt die Administration.',
  'ports.signIn': 'Anmelden und Nummern vergeben',
  'ports.signInWhy': 'Die Nummern stehen mit dem Namen der Administratorin oder des Administrators im Protokoll.',
  'ports.skip': 'Später erledigen',
}
