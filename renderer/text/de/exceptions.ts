// SPDX-License-Identifier: Apache-2.0
import type { exceptionTexts as english } from '../en/exceptions.ts'

/** Deutsch: Ausnahmen für Abgelaufenes. */
export const exceptionTexts: Record<keyof typeof english, string> = {
  'exception.title': 'Ausnahmen',
  'exception.bundle-expired': 'Paket {what}, das abgelaufen ist',
  'exception.policy-expired': 'Vertrauensrichtlinie {what}, die abgelaufen ist',
  'exception.asked': '{name} hat sie am {at} beantragt: „{reason}“',
  'exception.granted': '{name} hat sie am {at} erteilt: „{reason}“',
  'exception.declined': '{name} hat sie am {at} abgelehnt: „{reason}“',
  'exception.waits': 'Wartet auf die Compliance',
  'exception.counts': 'Erteilt',
  'exception.until': 'Erteilt bis {day}',
  'exception.no': 'Abgelehnt',
  'exception.used': 'Mit Ausnahme eingeführt',
  'seal.verified': 'Geprüftes Paket',
  'seal.excepted': 'Geprüft, durch eine Ausnahme zweier Personen eingeführt',
  'seal.withdrawn': 'Zurückgezogen: nicht verwenden',
  'exception.ask': 'Ausnahme beantragen',
  'exception.askHow':
    'Die Compliance entscheidet, und zwar jemand anderes. Führen Sie danach noch einmal ein. Protokoll und Paket zeigen es für immer.',
  'exception.said': 'Beantragt. Die Compliance entscheidet auf der Seite Pakete.',
  'exception.why': 'Grund',
  'exception.grant': 'Ausnahme erteilen',
  'exception.decline': 'Ablehnen',
  'exception.send': 'Antrag senden',
  'exception.needReason': 'Geben Sie einen Grund an.',
  'exception.needPassword': 'Geben Sie Ihr Passwort ein.',
  'exception.own': 'Sie haben sie beantragt: Jemand anderes entscheidet.',
}
