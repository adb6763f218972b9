// SPDX-License-Identifier: Apache-2.0
import type { helpTexts as source } from '../en/help.ts'

/** German: the help. */
export const helpTexts: Readonly<Record<keyof typeof source, string>> = {
  'help.title': 'Hilfe',
  'help.open': 'Hilfe zu dieser Seite',
  'help.search': 'In der Hilfe suchen',
  'help.searchHint': 'Ein Wort oder ein Code wie AL-2104',
  'help.pages': 'Seiten',
  'help.steps': 'So geht es',
  'help.words': 'Was die Wörter bedeuten',
  'help.keys': 'Tasten',
  'help.codes': 'Codes',
  'help.none': 'Nichts in der Hilfe passt. Versuchen Sie ein einzelnes Wort oder die Nummer eines Codes.',
  'help.count': '{count, plural, =0 {Nichts gefunden} one {# Stelle gefunden} other {# Stellen gefunden}}',
  'help.key.screens': 'Zu einem Eintrag der Leiste gehen',
  'help.key.find': 'Geräte, Pakete, Ausfuhren, Einträge, Seiten und Befehle suchen',
  'help.key.lock': 'Diese Station sperren; laufende Updates gehen weiter',
  'help.key.help': 'Hilfe zu dieser Seite',
  'help.key.print': 'Diese Seite drucken, oder was auf ihr geöffnet ist',
  'help.key.primary': 'Die Haupttaste dieser Seite drücken',
  'help.key.region': 'Nächster Teil der Seite: Leiste, oben, Inhalt, rechts',
  'help.key.regionBack': 'Voriger Teil der Seite',
  'help.key.close': 'Schließen, was offen ist; hält nie einen Lauf an',
  'help.key.record': 'In der Prüfung einer Ausfuhr: voriger oder nächster Datensatz',
  'help.key.list': 'In einer Liste: bewegen, und zu ihren Enden',
  'help.key.scan': 'Auf der Werkbank und bei den Geräten kann ein Scanner benutzt werden: er springt zum Gerät',
  'help.bench.for': 'Die Werkbank ist eine Karte der Ports vor Ihnen. Hier werden Geräte aktualisiert.',
  'help.bench.steps':
    'Stecken Sie die Geräte ein. Jedes erscheint am Platz seines Ports.\nPrüfen Sie das Paket rechts: geprüft, und von wem Sie es erwarten unterschrieben.\nNehmen Sie den Haken bei einem Gerät heraus, das bleiben soll, wie es ist.\nDrücken Sie Aktualisieren. Lassen Sie die Geräte eingesteckt, bis die Seite Fertig sagt.\nEin Gerät mit dickem Rand braucht Sie: drücken Sie Beheben und folgen Sie den Schritten.',
  'help.bench.words':
    'Bereit: es passt zum Paket und wird aktualisiert.\nAktuell: es läuft schon mit dieser Version.\nNicht geeignet: das Paket ist nicht für dieses Gerät; die Kachel sagt, warum.\nVorbereiten, Schreiben, Prüfen, Neustart: die Arbeit läuft; nicht ausstecken.\nAktualisiert: das Gerät wurde zurückgelesen und hat die neue Version selbst gemeldet.\nGetrennt, Keine Antwort, Weicht ab, Angehalten: nicht aktualisiert; die anderen gehen weiter.\nAusgelassen: Sie haben den Haken herausgenommen.',
  'help.bundles.for': 'Pakete bringen neue Firmware. Hier kommen sie von einem Laufwerk auf diese Station.',
  'help.bundles.steps':
    'Stecken Sie das Laufwerk ein. Airlock zeigt, was darauf ist, und führt nichts davon aus.\nDrücken Sie Einführen. Unterschrift, Inhalt und Richtlinie werden zuerst geprüft, dann noch einmal an der Kopie.\nWarten Sie auf „Sie können das Laufwerk entfernen“.\nBei einem abgelehnten Paket drücken Sie Was tun. Die Seite kann gedruckt werden.',
  'help.bundles.words':
    'Geprüftes Paket: von Personen unterschrieben, denen dieser Standort vertraut, und seither unverändert.\nAbgelehnt: eine Regel hat nein gesagt. Nichts davon wurde behalten; das Protokoll sagt es.\nSchon auf dieser Station: dasselbe Paket wurde schon eingeführt.\nFingerabdruck: der eigene Code des Pakets. Dasselbe Paket hat überall denselben.',
  'help.devices.for': 'Geräte, die diese Station kennt, und was sie gemessen haben.',
  'help.devices.steps':
    'Tippen Sie einen beliebigen Teil der Seriennummer, oder scannen Sie das Etikett.\nWählen Sie ein Gerät, um Version und Messwerte zu sehen.\nWählen Sie über dem Diagramm Reihe und Zeitraum. Die Tabelle darunter hat dieselben Werte.\nUnter Läufe finden Sie den Nachweis jedes Laufs und Etiketten für die Geräte, die er aktualisiert hat.',
  'help.devices.words':
    'Zuletzt gesehen: wann es dieser Station zuletzt gesagt hat, wer es ist.\nVersion jetzt: was seine Anwendung selbst zuletzt gemeldet hat. Ein Strich: ein Update wurde abgebrochen, niemand kann für die Version einstehen.',
  'help.exports.for':
    'Nur mit einer Ausfuhr verlassen Daten diesen Standort. Was hinausgeht, wird vorher bereinigt und angesehen.',
  'help.exports.steps':
    'Beantragen Sie eine Ausfuhr: Zeitraum und Zweck. Die Station sammelt und bereinigt.\nEine Compliance-Beauftragte, die sie nicht beantragt hat, sieht sie an: vorher und nachher, jeden Text, der hinausgeht.\nSie unterschreibt mit Passwort oder lehnt mit einem Grund ab.\nSchreiben Sie das Archiv auf ein Laufwerk. Es wird zurückgelesen, bevor die Seite sagt, dass das Laufwerk gehen kann.\nDrucken Sie den Begleitschein, der mit dem Laufwerk geht.',
  'help.exports.words':
    'Bleibt: geht hinaus, wie es ist. Durch einen Code ersetzt: dasselbe Gerät hat denselben Code, draußen kann ihn niemand zurückrechnen. Gerundet: weniger genau. Entfernt: geht nie hinaus.\nBereit zur Prüfung: wartet auf eine Beauftragte.\nGenehmigt: unterschrieben, noch auf keinem Laufwerk.\nGeschrieben und geprüft: auf dem Laufwerk, zurückgelesen, gleich.\nUngültig: die Daten haben sich nach dem Sammeln geändert; nichts davon geht hinaus.',
  'help.audit.for':
    'Das Protokoll sagt, wer was wann getan hat. Einträge können dazukommen, aber nie geändert oder entfernt werden.',
  'help.audit.steps':
    'Sehen Sie zuerst auf das Band oben: ob das Protokoll unversehrt ist.\nFiltern Sie nach Ergebnis, Handlung oder Gegenstand.\nWählen Sie einen Eintrag, um ihn ganz zu lesen.\nPrüfen Sie ab und zu jeden Eintrag; das dauert wenige Sekunden.\nIst das Protokoll beschädigt, drucken Sie den Störungsbericht und rufen Sie einen Administrator.',
  'help.audit.words':
    'Unversehrt: jeder Eintrag passt zum zuletzt unterschriebenen Siegel.\nAbgelehnt: eine Regel hat nein gesagt. Fehlgeschlagen: etwas ging nicht.\nSiegel: eine Unterschrift über alle Einträge bis dahin. Ein geänderter, fehlender oder zusätzlicher Eintrag passt nicht dazu.',
  'help.people.for': 'Wer auf dieser Station was tun darf.',
  'help.people.steps':
    'Legen Sie eine Person mit Name, Benutzername, Passwort und Rollen an.\nMarkieren Sie eine Person als gegangen, wenn sie geht. Niemand wird gelöscht: ihre Aufzeichnungen behalten ihren Namen.\nNiemand kann seine eigene Rolle erhöhen.',
  'help.people.words':
    'Techniker: führt Pakete ein und aktualisiert. Compliance-Beauftragte: prüft, unterschreibt, liest das Protokoll. Administrator: richtet Station und Personen ein. Auditor: liest Protokoll, Pakete, Geräte, Schlüssel und Läufe. Firmware-Entwickler: beantragt Ausfuhren und sieht sie.',
  'help.keys.for':
    'Wessen Unterschriften auf dieser Station gelten, bis wann, und welche Pakete nicht mehr benutzt werden dürfen.',
  'help.keys.steps':
    'Stecken Sie das Laufwerk mit den Vertrauensdateien des Teams ein. Ihre Namen enden auf .airtrust.\nDrücken Sie Vertrauensdateien lesen. Jede Datei wird geprüft; eine abgelehnte ändert nichts.\nEine neue Richtlinie wartet: Jemand, der sie nicht gebracht hat, liest, was sie ändert, und unterschreibt.\nAchten Sie auf Schlüssel, die bald enden: bitten Sie das Team rechtzeitig um eine neue Richtlinie.',
  'help.keys.words':
    'Schlüssel: womit jemand unterschreibt. Sein Fingerabdruck ist überall derselbe.\nVertrauensrichtlinie: sagt, welche Schlüssel wofür gelten. Schlüssel kommen nur mit einer neueren, die unterschrieben ist.\nWiderrufen: was dieser Schlüssel unterschrieben hat, wird abgelehnt, wann immer es war.\nHier zurückgezogen: zwei Personen dieses Standorts haben unterschrieben, dass er für kein Paket zählt; zwei können ihn wieder zulassen.\nRückrufliste: Pakete, die nicht mehr benutzt werden dürfen, der Grund, und was stattdessen gilt.',
  'help.station.for': 'Der Zustand dieser Station: Uhr, Speicher, Vertrauen, ihr Zertifikat.',
  'help.station.steps':
    'Sehen Sie die Liste an, was bereit ist.\nEin Administrator schreibt die Zertifikatsanfrage auf ein Laufwerk und installiert, was das Firmware-Team zurückschickt.\nWas der letzte Start gefunden und in Ordnung gebracht hat, steht oben.',
  'help.station.words':
    'Bereit: alles arbeitet.\nKann nur gelesen werden: das Protokoll hat die Prüfung nicht bestanden; neue Arbeit ist gesperrt.\nVertrauensrichtlinie: sagt, wessen Pakete hier gelten. Sie ändert sich nur durch eine unterschriebene neuere.',
}
