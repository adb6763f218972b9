// SPDX-License-Identifier: Apache-2.0

/** English: the help. Every page: what it is for, how it goes, what its words mean. One line a step. */
export const helpTexts = {
  'help.title': 'Help',
  'help.open': 'Help for this page',
  'help.search': 'Search the help',
  'help.searchHint': 'A word, or a code such as AL-2104',
  'help.pages': 'Pages',
  'help.steps': 'How it goes',
  'help.words': 'What the words mean',
  'help.keys': 'Keys',
  'help.codes': 'Codes',
  'help.none': 'Nothing in the help fits. Try one word, or the number of a code.',
  'help.count': '{count, plural, =0 {Nothing found} one {# place found} other {# places found}}',
  'help.key.screens': 'Go to an entry of the rail',
  'help.key.find': 'Find devices, bundles, exports, entries, pages, commands',
  'help.key.lock': 'Lock this station; running updates go on',
  'help.key.help': 'Help for this page',
  'help.key.print': 'Print this page, or what is open on it',
  'help.key.primary': 'Press the main button of this page',
  'help.key.region': 'Next part of the page: rail, top, content, panel',
  'help.key.regionBack': 'Part of the page before',
  'help.key.close': 'Close what is open; never stops a run',
  'help.key.record': 'In the review of an export: previous or next record',
  'help.key.list': 'In a list: move, and to its ends',
  'help.key.scan': 'A scanner may be used on the bench and among the devices: it jumps to the device',
  'help.bench.for': 'The bench is a map of the ports in front of you. Here devices are updated.',
  'help.bench.steps':
    'Plug in the devices. Each one shows up at the place of its port.\nCheck the bundle in the panel: verified, and signed by whom you expect.\nTake the tick off a device that is to stay as it is.\nPress Update. Leave the devices plugged in until the page says Done.\nA device with a thick border needs you: press Fix and follow the steps.',
  'help.bench.words':
    'Ready: it fits the bundle and will be updated.\nUp to date: it already runs this version.\nNot suitable: the bundle is not for it; the tile says why.\nPreparing, Writing, Checking, Restarting: work goes on; do not unplug.\nUpdated: the device was read back and has reported the new version itself.\nUnplugged, No answer, Did not match, Stopped: not updated; the others go on.\nLeft out: you took its tick off.',
  'help.bundles.for': 'Bundles bring new firmware. Here they come from a drive onto this station.',
  'help.bundles.steps':
    'Plug in the drive. Airlock lists what is on it and runs nothing from it.\nPress Import. Signature, contents and policy are checked first, then again from the copy.\nWait for “You can remove the drive”.\nAt a refused bundle press What to do. The page can be printed.',
  'help.bundles.words':
    'Verified bundle: signed by people whom this site trusts, unchanged since.\nRefused: a rule said no. Nothing of it was kept; the log says so.\nAlready on this station: the same bundle was imported before.\nFingerprint: the bundle’s own code. The same bundle has the same one everywhere.',
  'help.devices.for': 'Devices that this station knows, and what they have measured.',
  'help.devices.steps':
    'Type any part of the serial number, or scan the label.\nChoose a device to see its version and its measured values.\nChoose series and period above the chart. The table below it has the same values.\nRuns has the record of each run, and labels for the devices that it updated.',
  'help.devices.words':
    'Last seen: when it last told this station who it is.\nVersion now: what its application itself last reported. A dash: an update was cut off, nobody can vouch for it.',
  'help.exports.for':
    'Exports are the only way in which data leaves this site. What leaves is cleaned and looked at first.',
  'help.exports.steps':
    'Ask for an export: period and purpose. The station collects and cleans.\nA compliance officer who did not ask looks at it: before and after, every text that leaves.\nThe officer signs with password, or rejects with a reason.\nWrite it to a drive. It is read back before the page says that the drive may go.\nPrint the transfer slip to go with the drive.',
  'help.exports.words':
    'Kept: leaves as it is. Replaced by a code: the same device has the same code, nobody outside can turn it back. Rounded: less exact. Removed: never leaves.\nReady for review: waits for an officer.\nApproved: signed, not on a drive yet.\nWritten and checked: on the drive, read back, the same.\nVoid: the data changed after it was collected; nothing of it leaves.',
  'help.audit.for': 'The log says who did what, and when. Entries can be added but never changed or removed.',
  'help.audit.steps':
    'Look at the band on top first: whether the log is intact.\nFilter by result, action or subject.\nChoose an entry to read all of it.\nCheck every entry now and then; it takes a few seconds.\nIf the log is broken, print the fault report and call an administrator.',
  'help.audit.words':
    'Intact: every entry fits the seal that was signed last.\nRefused: a rule said no. Failed: something broke.\nSeal: a signature over all entries so far. A changed, missing or added entry does not fit it.',
  'help.people.for': 'Who may do what on this station.',
  'help.people.steps':
    'Add a person with name, user name, password and roles.\nMark a person as left when they go. Nobody is deleted: their records keep their name.\nNobody can raise their own role.',
  'help.people.words':
    'Technician: imports and updates. Compliance officer: reviews, signs, reads the log. Administrator: sets up the station and its people. Auditor: reads the log, bundles, devices, keys and runs. Firmware developer: asks for exports and sees them.',
  'help.keys.for': 'Whose signatures count on this station, until when, and which bundles must not be used any more.',
  'help.keys.steps':
    'Plug in the drive with the trust files of the team. Their names end in .airtrust.\nPress Read trust files. Each file is checked; one that is refused changes nothing.\nA new policy waits: somebody who did not bring it reads what it changes, and signs.\nLook for keys that end soon: ask the team for a new policy in time.',
  'help.keys.words':
    'Key: what somebody signs with. Its fingerprint is the same everywhere.\nTrust policy: says which keys count for what. Keys come only with a newer one that is signed.\nWithdrawn: what this key signed is refused, whenever it was signed.\nWithdrawn here: two people of this site signed that it counts for no bundle; two can take that back.\nRecall list: bundles that must not be used any more, the reason, and what to use instead.',
  'help.station.for': 'The state of this station: clock, storage, trust, its certificate.',
  'help.station.steps':
    'Look at the list of what is ready.\nAn administrator writes the certificate request to a drive and installs what the firmware team sends back.\nWhat the last start found and put right stands on top.',
  'help.station.words':
    'Ready: everything works.\nCan only be read: the log did not pass the check; new work is blocked.\nTrust policy: says whose bundles count here. It changes only by a signed newer one.',
} as const
