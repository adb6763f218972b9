// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { stationTexts as source } from '../en/station.ts'

/** German texts: station. */
export const stationTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'audit.changed': {
    headline: 'Das Protokoll wurde bei Eintrag {seq} geändert.',
    state: 'Neue Arbeit ist gesperrt. Laufendes Schreiben endet zuerst.',
    next: ['Drucken Sie den Störungsbericht.', 'Rufen Sie einen Administrator.'],
  },
  'audit.unreadable': {
    headline: 'Das Protokoll konnte nicht geprüft werden: Der Speicher antwortet nicht.',
    state: 'Die Arbeit geht 15 min weiter, dann ist neue Arbeit gesperrt.',
    next: ['Bitten Sie einen Administrator, nach dem Speicher zu sehen: Station, Speicher.'],
  },
  'audit.truncated': {
    headline: 'Das Protokoll endet früher als sein letztes Siegel.',
    state: 'Neue Arbeit ist gesperrt.',
    next: ['Drucken Sie den Störungsbericht.', 'Rufen Sie einen Administrator.'],
  },
  'audit.rolled-back': {
    headline: 'Das Protokoll ist älter als sein letztes Siegel.',
    state: 'Neue Arbeit ist gesperrt.',
    next: ['Drucken Sie den Störungsbericht.', 'Rufen Sie einen Administrator.'],
  },
  'audit.entry': {
    headline: 'Das lässt sich nicht ins Protokoll schreiben.',
    state: 'Nichts wurde geändert.',
    next: ['Kürzen Sie den Text, oder entfernen Sie ungewöhnliche Zeichen, und versuchen Sie es noch einmal.'],
  },
  'audit.key': {
    headline: 'Der Schlüssel des Protokolls lässt sich nicht öffnen.',
    state: 'Neue Arbeit ist gesperrt; kein neuer Schlüssel wurde gemacht.',
    next: ['Bitten Sie einen Administrator um den Wiederherstellungsschlüssel.'],
  },
  'audit.read-only': {
    headline: 'Das Protokoll passt nicht zu seinem Siegel, deshalb ist neue Arbeit gesperrt.',
    state: 'Lesen, Prüfen und Ausführen gehen weiter.',
    next: ['Drucken Sie den Störungsbericht.', 'Rufen Sie einen Administrator.'],
  },
  'audit.note': {
    headline: 'Ein Siegel des Protokolls ist ungültig.',
    state: 'Ihm wurde nicht geglaubt.',
    next: ['Sagen Sie es der Compliance.'],
  },
  'audit.forked': {
    headline: 'Es gibt zwei verschiedene Siegel desselben Protokolls.',
    state: 'Neue Arbeit ist gesperrt.',
    next: ['Heben Sie beide Laufwerke auf. Rufen Sie einen Administrator und die Zentrale.'],
  },
  'clock.rollback': {
    headline: 'Die Uhr steht vor dem letzten Eintrag des Protokolls.',
    state: 'Eingeführte Pakete können geschrieben werden. Einfuhr und Unterschriften sind aus.',
    next: ['Bitten Sie einen Administrator, die Uhr zu stellen, und die Compliance, sie zu bestätigen.'],
  },
  'clock.jump': {
    headline: 'Die Uhr oder eine unterschriebene Zeit liegt mehr als 400 Tage voraus.',
    state: 'Eingeführte Pakete können geschrieben werden. Einfuhr und Unterschriften sind aus.',
    next: ['Bitten Sie einen Administrator, die Uhr zu stellen, und die Compliance, sie zu bestätigen.'],
  },
  'signature.clock': {
    headline: 'Unterschriften sind aus, bis die Uhr bestätigt ist.',
    state: 'Nichts wurde unterschrieben. Eingeführte Pakete können geschrieben werden.',
    next: ['Bitten Sie einen Administrator, nach der Uhr zu sehen: Station, Uhr. Die Compliance bestätigt sie.'],
  },
  'station.clock-step': {
    headline: 'Die Uhr ist gesprungen.',
    state: 'Das steht im Protokoll. Alles geht.',
    next: ['Vergleichen Sie die Uhr, und lassen Sie sie bestätigen: Station, Uhr.'],
  },
  'station.not-looked': {
    headline: 'Seit sich die Uhr verstellt hat, hat kein Administrator nach ihr gesehen.',
    state: 'Nichts wurde geändert.',
    next: ['Bitten Sie zuerst einen Administrator, nach der Uhr zu sehen: Station, Uhr.'],
  },
  'station.second-person': {
    headline: 'Dafür braucht es eine zweite Person.',
    state: 'Nichts wurde geändert.',
    next: ['Bitten Sie jemand anderen mit dieser Rolle, Ihre Angabe zu bestätigen.'],
  },
  'station.no-exception': {
    headline: 'Hierfür gibt es keine Ausnahme.',
    state: 'Nichts wurde geändert.',
    next: [
      'Ausnahmen gibt es für ein Paket oder eine Vertrauensrichtlinie, die abgelaufen sind, wenn die Richtlinie das zulässt. Holen Sie von Ihrem Firmware-Kontakt etwas Neueres.',
    ],
  },
  'station.exception-exists': {
    headline: 'Diese Ausnahme ist schon beantragt oder erteilt.',
    state: 'Nichts wurde geändert.',
    next: ['Sehen Sie in die Liste der Ausnahmen: Pakete. Ist sie erteilt, führen Sie noch einmal ein.'],
  },
  'station.withdrawal-exists': {
    headline: 'Das ist schon beantragt, oder es ist schon so.',
    state: 'Nichts wurde geändert.',
    next: ['Sehen Sie nach, was auf eine zweite Unterschrift wartet: Vertrauensschlüssel.'],
  },
  'station.no-withdrawal': {
    headline: 'Dieser Schlüssel kann nicht am Standort zurückgezogen werden.',
    state: 'Nichts wurde geändert.',
    next: [
      'Das geht nur mit Schlüsseln, die Pakete unterschreiben. Richtlinien und Rückruflisten kommen immer durch: Holen Sie eine, die den Schlüssel zurückzieht.',
    ],
  },
  'station.effect-changed': {
    headline: 'Was davon betroffen ist, hat sich geändert, seit Sie hingesehen haben.',
    state: 'Nichts wurde unterschrieben. Ein Antrag, der wartete, ist hinfällig.',
    next: ['Sehen Sie noch einmal nach, was jetzt betroffen ist, und beantragen Sie es neu.'],
  },
  'storage.low': {
    headline: 'Der Speicher wird knapp.',
    state: 'Alles geht.',
    next: ['Führen Sie alte Telemetrie aus, und archivieren Sie sie, oder verschieben Sie Daten.'],
  },
  'storage.full': {
    headline: 'Der Speicher ist voll.',
    state: 'Das wurde nicht getan. Sammeln und Einfuhr ruhen. Aktualisieren geht. Das Protokoll behält seine Reserve.',
    next: ['Bitten Sie einen Administrator, Platz zu schaffen: Unter Station, Speicher steht, was ihn belegt.'],
  },
  'storage.reserve': {
    headline: 'Nur die Reserve des Protokolls ist übrig.',
    state: 'Neue Arbeit beginnt nicht. Was geschieht, wird weiter aufgeschrieben.',
    next: ['Bitten Sie einen Administrator, jetzt Platz zu schaffen: Unter Station, Speicher steht, was ihn belegt.'],
  },
  'station.interrupted': {
    headline: 'Airlock wurde während dieser Arbeit unerwartet geschlossen.',
    state: 'Was fertig war, bleibt.',
    next: ['Beginnen Sie die Arbeit noch einmal, oder beenden Sie sie.'],
  },
  'station.already-running': {
    headline: 'Airlock läuft schon auf diesen Daten.',
    state: 'Nichts wurde geändert.',
    next: ['Gehen Sie zum anderen Fenster, oder schließen Sie es zuerst.'],
  },
  'storage.io': {
    headline: 'Der Speicher dieser Station antwortet nicht.',
    state: 'Nichts wurde geändert.',
    next: ['Bitten Sie einen Administrator, nach der Platte zu sehen.'],
  },
  'storage.busy': {
    headline: 'Der Speicher wird von einem anderen Programm benutzt.',
    state: 'Nichts wurde geändert.',
    next: ['Schließen Sie das andere Programm, und versuchen Sie es noch einmal.'],
  },
  'storage.schema': {
    headline: 'Die Daten dieser Station stammen von einem neueren Airlock.',
    state: 'Nichts wurde geändert.',
    next: ['Starten Sie das neuere Airlock.'],
  },
  'station.self-test': {
    headline: 'Ein Selbsttest dieser Station ist misslungen.',
    state: 'Neue Arbeit ist gesperrt.',
    next: ['Rufen Sie einen Administrator.'],
  },
  'station.not-set-up': {
    headline: 'Diese Station ist noch nicht eingerichtet.',
    state: 'Nichts wurde geändert.',
    next: ['Richten Sie den Standort und seine ersten Personen ein.'],
  },
  'station.is-set-up': {
    headline: 'Diese Station ist schon eingerichtet.',
    state: 'Nichts wurde geändert.',
    next: ['Melden Sie sich als eine ihrer Personen an.'],
  },
  'station.lost': {
    headline: 'Die Station antwortet nicht mehr.',
    state: 'Was bestätigt war, bleibt.',
    next: ['Starten Sie sie wieder: sie sagt, was geschah.'],
  },
  'station.network': {
    headline: 'Ein Netzwerkadapter dieses Computers ist eingeschaltet.',
    state: 'Ob weitergearbeitet wird, sagen die Regeln dieses Standorts.',
    next: ['Schalten Sie ihn aus, oder fragen Sie die Administration.'],
  },
  'print.failed': {
    headline: 'Der Drucker hat nicht gedruckt.',
    state: 'Nichts ist verloren.',
    next: [
      'Prüfen Sie den Drucker und drucken Sie noch einmal.',
      'Oder sichern Sie das Blatt als PDF auf ein Laufwerk.',
    ],
  },
  'print.not-updated': {
    headline: 'Dieses Gerät wurde nicht aktualisiert und bekommt deshalb kein Etikett, das so etwas sagt.',
    state: 'Nichts wurde gedruckt.',
    next: ['Aktualisieren Sie zuerst das Gerät. Seine Aufzeichnung sagt, warum es nicht aktualisiert wurde.'],
  },
  'station.enrolment': {
    headline: 'Diese Station hat kein gültiges Zertifikat zum Unterschreiben von Archiven.',
    state: 'Nichts verlässt den Standort.',
    next: ['Beantragen Sie ein Zertifikat, und setzen Sie ein, was das Team zurückschickt.'],
  },
  'call.unknown': {
    headline: 'Diese Funktion gibt es nicht.',
    state: 'Nichts wurde geändert.',
    next: ['Aktualisieren Sie Airlock auf beiden Seiten.'],
  },
  'call.parameters': {
    headline: 'Diese Anfrage wurde nicht verstanden.',
    state: 'Nichts wurde geändert.',
    next: ['Prüfen Sie die Eingabe ({where}), und versuchen Sie es noch einmal.'],
  },
  'call.too-large': {
    headline: 'Diese Anfrage ist zu groß.',
    state: 'Nichts wurde geändert.',
    next: ['Schicken Sie weniger auf einmal.'],
  },
  'call.rate': {
    headline: 'Zu viele Anfragen auf einmal.',
    state: 'Nichts wurde geändert.',
    next: ['Warten Sie einen Augenblick, und versuchen Sie es noch einmal.'],
  },
  'call.cancelled': {
    headline: 'Das wurde abgebrochen.',
    state: 'Was fertig war, bleibt.',
    next: ['Beginnen Sie noch einmal, wann Sie wollen.'],
  },
  'job.unknown': {
    headline: 'Diese Arbeit gibt es nicht.',
    state: 'Nichts wurde geändert.',
    next: ['Sehen Sie noch einmal in die Liste.'],
  },
  'job.busy': {
    headline: 'Daran wird schon gearbeitet.',
    state: 'Nichts wurde geändert.',
    next: ['Warten Sie, bis es zu Ende ist.'],
  },
  'not-found': {
    headline: 'Das ist nicht da.',
    state: 'Nichts wurde geändert.',
    next: ['Sehen Sie noch einmal in die Liste.'],
  },
  usage: {
    headline: 'Der Befehl wurde nicht verstanden.',
    state: 'Nichts wurde geändert.',
    next: ['Lesen Sie seine Anleitung: hängen Sie --help an.'],
  },
  'file.unusable': {
    headline: 'Diese Datei oder dieser Ordner ist nicht brauchbar: {path}.',
    state: 'Der Grund: {why}.',
    next: ['Prüfen Sie den Pfad und seine Rechte, und führen Sie den Befehl dann noch einmal aus.'],
  },
  internal: {
    headline: 'In Airlock selbst ist ein Fehler aufgetreten.',
    state: 'Der Schritt wurde nicht getan; was bestätigt war, bleibt.',
    next: ['Versuchen Sie es noch einmal.', 'Bleibt es so, schicken Sie das Diagnoseprotokoll an die Hersteller.'],
  },
}
