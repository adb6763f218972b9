// SPDX-License-Identifier: Apache-2.0

/** The languages that the shell speaks: those of the page. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** The question before the app closes while devices are written. The first button is the safe one. */
type Question = { readonly message: string; readonly detail: string; readonly buttons: readonly [string, string] }

/** The few words that the shell itself says, outside the page. */
export const leaveWhileWriting: Readonly<Record<Language, (devices: number) => Question>> = {
  en: (devices) => ({
    message: devices === 1 ? '1 device is still being written.' : `${devices} devices are still being written.`,
    detail: `Closing now can leave ${devices === 1 ? 'it' : 'them'} unable to start. The stop is recorded.`,
    buttons: ['Keep Airlock open', devices === 1 ? 'Stop writing 1 device' : `Stop writing ${devices} devices`],
  }),
  de: (devices) => ({
    message: devices === 1 ? '1 Gerät wird noch beschrieben.' : `${devices} Geräte werden noch beschrieben.`,
    detail: `Wird Airlock jetzt geschlossen, ${devices === 1 ? 'startet es' : 'starten sie'} womöglich nicht mehr. Der Abbruch wird festgehalten.`,
    buttons: [
      'Airlock offen lassen',
      devices === 1 ? 'Schreiben von 1 Gerät anhalten' : `Schreiben von ${devices} Geräten anhalten`,
    ],
  }),
}

/** The language of a tag such as `de-AT`; English for all that the shell does not speak. */
export const languageOf = (tag: string): Language => languages.find((one) => tag.startsWith(one)) ?? 'en'
