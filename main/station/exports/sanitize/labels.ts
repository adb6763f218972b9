// SPDX-License-Identifier: Apache-2.0
import { feature } from './features.ts'

const groups: readonly (readonly [number, string])[] = [
  [
    feature.secretWord,
    'password passwd pwd pass passphrase passcode passwort kennwort pw secret secrets token tokens apikey key keys psk auth authorization bearer basic credential credentials cred creds pin puk cookie session sessionid community appkey nwkskey appskey devkey netkey wpa wpa2 sig signature sas accountkey sharedaccesskey connectionstring license licence webhook otp seed mnemonic unlock encryption',
  ],
  [
    feature.serialWord,
    'serial serialno serialnumber sn snr ser seriennummer seriennr imei imsi iccid meid uid deveui eui joineui chipid deviceid asset badge badgeid hwid udid inventory n device chip unit hardware',
  ],
  [feature.phoneWord, 'phone tel telephone telefon mobile mobil cell fax call sms msisdn handy dial contact'],
  [
    feature.positionWord,
    'lat lon lng long latitude longitude gps position pos coordinates coords location geo breite laenge',
  ],
  [
    feature.userWord,
    'accepted logged user username login operator account benutzer bediener owner author person employee technician engineer customer name uname logon firstname lastname fullname badge',
  ],
  [
    feature.hostWord,
    'host hostname server ssid essid bssid network wlan wifi ap apn domain node gateway machine computer workstation fqdn',
  ],
  [feature.modemWord, 'at'],
  [feature.pemWord, 'begin'],
  [feature.spelledWord, 'dot punkt'],
  [feature.path, 'home users benutzer settings'],
]

/** Word in lower case → the features that it announces. */
export const labels: ReadonlyMap<string, number> = (() => {
  const map = new Map<string, number>()
  for (const [bit, words] of groups) for (const word of words.split(' ')) map.set(word, (map.get(word) ?? 0) | bit)
  return map
})()

/** Values that stand behind a label and say nothing: they are states, not names. */
export const plainWords: ReadonlySet<string> = new Set(
  (
    'prompt accepted active admin all any auto bad busy cancelled changed closed connected correct default denied disabled done empty ' +
    'enabled error expired failed failure false fault found full get good granted high idle ignored in incorrect init ' +
    'initialized internal invalid is left local locked low manual mismatch missing mode new no none not null number off ok old on ' +
    'open operator optional out pass passed pending present press pressed ready received refused rejected released remote required reset right ' +
    'root running set slot started state status stopped success system task test timeout true type undefined unknown ' +
    'unlocked unset up too very being about invalid wep wpa wpa2 wpa3 sha1 sha256 aes tls ssl basic digest mac ip ssid rssi scan join joined connect connected disconnect disconnected state dhcp channel signal lost driver sta ap kernel shell update updated user valid value verified version wait waiting write wrong yes and or to from with for of the a an ' +
    'has was were will at by key keys token password secret login logout session pressed mounted fail'
  ).split(' '),
)
