// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'
import type { deviceTexts as source } from '../en/device.ts'

/** German texts: device. */
export const deviceTexts: Readonly<Record<keyof typeof source, ErrorText>> = {
  'flash.unplugged': {
    headline: 'Das Gerät an {port} wurde getrennt, während es geschrieben wurde.',
    state: 'Das Gerät startet vielleicht nicht, bis es neu geschrieben wird.',
    next: ['Stecken Sie es wieder ein, und beginnen Sie noch einmal: was schon geschrieben ist, bleibt.'],
  },
  'flash.timeout': {
    headline: '{port} antwortet nicht.',
    state: 'Die alte Version ist noch da, falls das Schreiben nicht begonnen hatte.',
    next: ['Prüfen Sie das Kabel.', 'Schalten Sie das Gerät aus und ein.', 'Versuchen Sie es noch einmal.'],
  },
  'flash.port-busy': {
    headline: '{port} wird von einem anderen Programm benutzt.',
    state: 'Nichts wurde geschrieben.',
    next: ['Schließen Sie das andere Programm, und versuchen Sie es noch einmal.'],
  },
  'flash.port-denied': {
    headline: 'Dieser Rechner lässt Airlock {port} nicht benutzen.',
    state: 'Nichts wurde geschrieben.',
    next: ['Bitten Sie einen Administrator, den Anschluss zu erlauben.'],
  },
  'flash.wrong-device': {
    headline: 'An {port} ist ein anderes Gerät[: {found} statt {wanted}].',
    state: 'Das erste wurde nicht fertig; dieses ist unberührt.',
    next: ['Stecken Sie das erste Gerät wieder ein, oder legen Sie es beiseite.'],
  },
  'flash.verify': {
    headline: 'Der Inhalt an {port} weicht nach dem Schreiben ab.',
    state: 'Das Gerät bleibt in seinem Lader.',
    next: ['Versuchen Sie es einmal noch.', 'Weicht er wieder ab, legen Sie es beiseite, und tauschen Sie das Kabel.'],
  },
  'flash.version': {
    headline:
      '{port} wurde neu gestartet, meldet aber eine andere Version, als geschrieben wurde[: {found}, nicht {expected}].',
    state: 'Auf dem Gerät läuft, was es meldet.',
    next: ['Versuchen Sie es noch einmal.', 'Bleibt es so, legen Sie das Gerät beiseite.'],
  },
  'flash.protected': {
    headline: '{port} ist gegen Schreiben gesperrt.',
    state: 'Nichts wurde geschrieben.',
    next: ['Folgen Sie dem Entsperrverfahren des Standorts, und versuchen Sie es dann noch einmal.'],
  },
  'flash.out-of-sync': {
    headline: '{port} antwortet aus dem Takt.',
    state: 'Das Gerät startet vielleicht nicht, bis es neu geschrieben wird.',
    next: ['Versuchen Sie es noch einmal.', 'Bleibt es so, tauschen Sie das Kabel.'],
  },
  'flash.nack': {
    headline: '{port} hat einen Befehl abgelehnt.',
    state: 'Das Gerät startet vielleicht nicht, bis es neu geschrieben wird.',
    next: ['Versuchen Sie es noch einmal.'],
  },
  'flash.image-too-big': {
    headline: 'Die Firmware passt nicht in dieses Gerät.',
    state: 'Nichts wurde geschrieben.',
    next: ['Prüfen Sie, ob das Paket für dieses Gerät gemacht ist.'],
  },
  'flash.cancelled': {
    headline: 'Das Schreiben von {port} wurde angehalten.',
    state: 'Das Gerät startet vielleicht nicht, bis es neu geschrieben wird.',
    next: ['Beginnen Sie noch einmal: was schon geschrieben ist, bleibt.'],
  },
  'flash.interrupted': {
    headline: 'Airlock wurde geschlossen, während {port} geschrieben wurde.',
    state: 'Das Gerät startet vielleicht nicht, bis es neu geschrieben wird.',
    next: ['Beginnen Sie noch einmal: was schon geschrieben ist, bleibt.'],
  },
  'flash.unconfirmed': {
    headline: '{port} wurde geschrieben, hat aber seine Version nicht gemeldet.',
    state: 'Der Inhalt wurde zurückgelesen und ist richtig.',
    next: ['Schalten Sie das Gerät aus und ein, und lesen Sie dann seine Version.'],
  },
  'device.unknown': {
    headline: 'Dieses Gerät sagt nicht, wer es ist.',
    state: 'Nichts wurde geschrieben.',
    next: ['Bestätigen Sie es anhand seines Etiketts.'],
  },
  'port.unknown': {
    headline: 'Diesen Anschluss gibt es nicht.',
    state: 'Nichts wurde geändert.',
    next: ['Prüfen Sie das Kabel, und sehen Sie noch einmal in die Liste der Anschlüsse.'],
  },
  'port.not-serial': {
    headline: '{port} ist kein serieller Port.',
    state: 'Es wurde nichts geschrieben.',
    next: ['Wählen Sie den Port, an dem das Gerät steckt.'],
  },
  'device.twin': {
    headline: 'Zwei Geräte melden dieselbe Seriennummer[: {serial}].',
    state: 'Keines wurde geschrieben, es sei denn, das Schreiben hatte schon begonnen.',
    next: ['Legen Sie eines beiseite.', 'Sagen Sie Ihrem Firmware-Kontakt Bescheid.'],
  },
  'telemetry.half-written': {
    headline: 'Das Gerät an {port} blieb halb geschrieben zurück.',
    state: 'Airlock hört ihm nicht zu: Das Öffnen des Anschlusses würde es mit dem starten, was darin steht.',
    next: ['Aktualisieren Sie es auf der Werkbank erneut: Was schon geschrieben ist, bleibt erhalten.'],
  },
  'flash.image': {
    headline: 'Das Firmware-Abbild ist nicht lesbar.',
    state: 'Das Gerät wurde nicht berührt.',
    next: ['Sagen Sie es Ihrem Firmware-Kontakt.'],
  },
  'device.profile': {
    headline: 'Das Profil dieses Geräts ist nicht brauchbar.',
    state: 'Nichts wurde geschrieben.',
    next: ['Bitten Sie einen Administrator, die Geräteprofile dieser Station zu prüfen.'],
  },
  'flash.supply': {
    headline: '{port} meldet eine zu niedrige Versorgung[: {volts} V].',
    state: 'Nichts wurde geschrieben.',
    next: ['Benutzen Sie einen Hub mit eigener Versorgung oder einen anderen Anschluss.'],
  },
  'port.hub': {
    headline: 'Der Hub ist ausgefallen[: die Anschlüsse {ports} sind verloren].',
    state: 'Geräte, die gerade geschrieben wurden, starten vielleicht nicht, bis sie noch einmal geschrieben sind.',
    next: ['Prüfen Sie Versorgung und Stecker des Hubs: Die Geräte kommen von selbst wieder.'],
  },
  'device.label': {
    headline: 'Das ist nicht die Seriennummer auf dem Etikett.',
    state: 'Nichts wurde geschrieben.',
    next: ['Vergleichen Sie die beiden, und scannen Sie das Etikett noch einmal.'],
  },
  'run.battery': {
    headline: 'Der Akku dieses Computers ist schwach[: {percent} %].',
    state: 'Der Lauf wurde nicht begonnen.',
    next: ['Schließen Sie das Netzteil an.'],
  },
  'run.open': {
    headline: 'Ein anderer Lauf ist noch nicht beendet.',
    state: 'Es wurde kein neuer Lauf begonnen.',
    next: ['Nehmen Sie die Geräte in jenen Lauf auf, oder beenden Sie ihn zuerst.'],
  },
  'run.none': {
    headline: 'Es gibt keinen Lauf.',
    state: 'Nichts wurde geändert.',
    next: ['Beginnen Sie einen Lauf an der Werkbank.'],
  },
  'run.state': {
    headline: 'Das geht mit dem Lauf oder dem Gerät gerade nicht.',
    state: 'Nichts wurde geändert.',
    next: ['Sehen Sie auf der Werkbank nach: Vielleicht hat es schon jemand getan.'],
  },
  'run.busy': {
    headline: '{port} ist schon in diesem Lauf.',
    state: 'Nichts wurde geändert.',
    next: ['Warten Sie, bis das Gerät fertig ist, oder halten Sie den Lauf an.'],
  },
}
