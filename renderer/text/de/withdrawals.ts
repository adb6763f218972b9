// SPDX-License-Identifier: Apache-2.0
import type { withdrawalTexts as english } from '../en/withdrawals.ts'

/** Deutsch: Schlüssel und Pakete, die zwei Personen an diesem Standort zurückziehen oder wieder zulassen. */
export const withdrawalTexts: Record<keyof typeof english, string> = {
  'withdrawal.waiting': 'Wartet auf eine zweite Unterschrift',
  'withdrawal.withdraw.open': 'Hier zurückziehen\u00a0…',
  'withdrawal.restore.open': 'Wieder zulassen\u00a0…',
  'withdrawal.withdraw.key': 'Schlüssel {what} an diesem Standort zurückziehen',
  'withdrawal.withdraw.bundle': 'Paket {what} an diesem Standort zurückziehen',
  'withdrawal.restore.key': 'Schlüssel {what} wieder zulassen',
  'withdrawal.restore.bundle': 'Paket {what} wieder zulassen',
  'withdrawal.effect.withdraw':
    '{count, plural, =0 {Kein Paket dieser Station wird unbenutzbar.} one {# Paket ist danach nicht mehr benutzbar.} other {# Pakete sind danach nicht mehr benutzbar.}} 0 Geräte ändern sich.',
  'withdrawal.effect.restore':
    '{count, plural, =0 {Kein weiteres Paket wird benutzbar.} one {# Paket ist danach wieder benutzbar.} other {# Pakete sind danach wieder benutzbar.}} 0 Geräte ändern sich.',
  'withdrawal.devices':
    '{count, plural, =0 {Auf kein Gerät wurde zuletzt eines davon geschrieben.} one {Auf # Gerät wurde zuletzt eines davon geschrieben. Es behält es.} other {Auf # Geräte wurde zuletzt eines davon geschrieben. Sie behalten es.}}',
  'withdrawal.run':
    'Der Lauf mit {what} ist offen. Ein Gerät, das gerade geschrieben wird, wird fertig; kein weiteres wird begonnen.',
  'withdrawal.how.withdraw':
    'Bevor etwas geschieht, unterschreibt jemand anderes; eine der beiden Personen ist von der Compliance. Vertrauensrichtlinien und Rückruflisten kommen trotzdem durch.',
  'withdrawal.how.restore':
    'Bevor etwas geschieht, unterschreibt jemand anderes; eine der beiden Personen ist von der Compliance.',
  'withdrawal.ask.withdraw': 'Rückzug von {what} beantragen',
  'withdrawal.ask.restore': 'Beantragen, {what} wieder zuzulassen',
  'withdrawal.sign.withdraw': 'Rückzug unterschreiben',
  'withdrawal.sign.restore': 'Wiederzulassung unterschreiben',
  'withdrawal.decline': 'Ablehnen',
  'withdrawal.asked': '{name} hat es am {at} beantragt: „{reason}“',
  'withdrawal.own': 'Sie haben es beantragt: Jemand anderes unterschreibt.',
  'withdrawal.notYours': 'Jemand anderes unterschreibt: {roles}.',
  'withdrawal.here': 'Hier zurückgezogen am {at} von {first} und {second}: „{reason}“',
  'withdrawal.byKey': 'Es braucht Schlüssel {what}. {story}',
  'withdrawal.ended': 'Früher entschieden',
  'withdrawal.outcome.signed': 'Unterschrieben von {name} am {at}: „{reason}“',
  'withdrawal.outcome.declined': 'Abgelehnt von {name} am {at}: „{reason}“',
  'withdrawal.outcome.void': 'Hinfällig: Als {name} am {at} unterschreiben wollte, betraf es andere Pakete oder Läufe.',
  'keys.state.withdrawn-here': 'Hier zurückgezogen',
  'bundles.withdrawnHere': 'Hier zurückgezogen',
  'bundles.withdrawnHereTitle': 'Dieses Paket wurde an diesem Standort zurückgezogen.',
}
