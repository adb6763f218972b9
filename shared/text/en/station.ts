// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: station. */
export const stationTexts = {
  'audit.changed': {
    headline: 'The log was changed at entry {seq}.',
    state: 'New work is blocked. Running writes end first.',
    next: ['Print the fault report.', 'Call an administrator.'],
  },
  'audit.unreadable': {
    headline: 'The log could not be checked: storage does not answer.',
    state: 'Work goes on for 15 min, then new work is blocked.',
    next: ['Ask an administrator to look at the storage: Station, Storage.'],
  },
  'audit.truncated': {
    headline: 'The log ends earlier than its last seal.',
    state: 'New work is blocked.',
    next: ['Print the fault report.', 'Call an administrator.'],
  },
  'audit.rolled-back': {
    headline: 'The log is older than its last seal.',
    state: 'New work is blocked.',
    next: ['Print the fault report.', 'Call an administrator.'],
  },
  'audit.entry': {
    headline: 'This cannot be written to the log.',
    state: 'Nothing was changed.',
    next: ['Shorten the text or remove unusual characters, then try again.'],
  },
  'audit.key': {
    headline: 'The key of the log cannot be opened.',
    state: 'New work is blocked; no new key was made.',
    next: ['Ask an administrator for the recovery key.'],
  },
  'audit.read-only': {
    headline: 'The log does not fit its seal, so new work is blocked.',
    state: 'Reading, checking and exporting still work.',
    next: ['Print the fault report.', 'Call an administrator.'],
  },
  'audit.note': {
    headline: 'A seal of the log is not valid.',
    state: 'It was not believed.',
    next: ['Tell your compliance officer.'],
  },
  'audit.forked': {
    headline: 'There are two different seals of the same log.',
    state: 'New work is blocked.',
    next: ['Keep both drives. Call an administrator and headquarters.'],
  },
  'clock.rollback': {
    headline: 'The clock is before the last entry of the log.',
    state: 'Imported bundles can still be written. Import and signing are off.',
    next: ['Ask an administrator to set the clock and a compliance officer to confirm it.'],
  },
  'clock.jump': {
    headline: 'The clock, or a signed time, is more than 400 days ahead.',
    state: 'Imported bundles can still be written. Import and signing are off.',
    next: ['Ask an administrator to set the clock and a compliance officer to confirm it.'],
  },
  'signature.clock': {
    headline: 'Signing is off until the clock is confirmed.',
    state: 'Nothing was signed. Imported bundles can still be written.',
    next: ['Ask an administrator to look at the clock: Station, Clock. A compliance officer confirms it.'],
  },
  'station.clock-step': {
    headline: 'The clock jumped.',
    state: 'It is noted in the log. All works.',
    next: ['Compare the clock, then have it confirmed: Station, Clock.'],
  },
  'station.not-looked': {
    headline: 'No administrator has looked at the clock since it last moved.',
    state: 'Nothing was changed.',
    next: ['Ask an administrator to look at the clock first: Station, Clock.'],
  },
  'station.second-person': {
    headline: 'This needs a second person.',
    state: 'Nothing was changed.',
    next: ['Ask somebody else with this role to confirm what you said.'],
  },
  'station.no-exception': {
    headline: 'No exception can be made for this.',
    state: 'Nothing was changed.',
    next: [
      'Exceptions are for a bundle or a trust policy that has expired, where the policy allows it. Get a newer one from your firmware contact.',
    ],
  },
  'station.exception-exists': {
    headline: 'This exception was asked for or granted already.',
    state: 'Nothing was changed.',
    next: ['Look at the list of exceptions: Bundles. Where it is granted, import again.'],
  },
  'station.withdrawal-exists': {
    headline: 'This was asked for already, or is so already.',
    state: 'Nothing was changed.',
    next: ['Look at what waits for a second signature: Trusted keys.'],
  },
  'station.no-withdrawal': {
    headline: 'This key cannot be withdrawn at a site.',
    state: 'Nothing was changed.',
    next: [
      'Only keys that sign bundles can. Policies and recall lists always come through: get one that withdraws the key.',
    ],
  },
  'station.effect-changed': {
    headline: 'What it concerns has changed since you looked.',
    state: 'Nothing was signed. A request that waited is void.',
    next: ['Look again at what it concerns now, and ask anew.'],
  },
  'storage.low': {
    headline: 'Storage is low.',
    state: 'All works.',
    next: ['Export and archive old telemetry, or move data.'],
  },
  'storage.full': {
    headline: 'Storage is full.',
    state: 'This was not done. Collecting and importing have stopped. Updating works. The log keeps its reserve.',
    next: ['Ask an administrator to free space: Station, Storage lists what takes it.'],
  },
  'storage.reserve': {
    headline: 'Only the reserve of the log is left.',
    state: 'No new work begins. What happens is still written down.',
    next: ['Ask an administrator to free space now: Station, Storage lists what takes it.'],
  },
  'station.interrupted': {
    headline: 'Airlock closed unexpectedly during this work.',
    state: 'What was finished is kept.',
    next: ['Start the work again, or end it.'],
  },
  'station.already-running': {
    headline: 'Airlock already runs on this data.',
    state: 'Nothing was changed.',
    next: ['Go to the other window, or close it first.'],
  },
  'storage.io': {
    headline: 'The storage of this station does not answer.',
    state: 'Nothing was changed.',
    next: ['Ask an administrator to look at the disk.'],
  },
  'storage.busy': {
    headline: 'The storage is in use by another program.',
    state: 'Nothing was changed.',
    next: ['Close the other program, then try again.'],
  },
  'storage.schema': {
    headline: 'The data of this station was made by a newer Airlock.',
    state: 'Nothing was changed.',
    next: ['Start the newer Airlock.'],
  },
  'station.self-test': {
    headline: 'A self-test of this station failed.',
    state: 'New work is blocked.',
    next: ['Call an administrator.'],
  },
  'station.not-set-up': {
    headline: 'This station is not set up yet.',
    state: 'Nothing was changed.',
    next: ['Set up the site and its first people.'],
  },
  'station.is-set-up': {
    headline: 'This station is set up already.',
    state: 'Nothing was changed.',
    next: ['Sign in as one of its people.'],
  },
  'station.lost': {
    headline: 'The station stopped answering.',
    state: 'What was acknowledged is kept.',
    next: ['Start it again: it says what happened.'],
  },
  'station.network': {
    headline: 'A network adapter of this computer is on.',
    state: 'The rules of this site say whether work goes on.',
    next: ['Turn it off, or ask an administrator.'],
  },
  'print.failed': {
    headline: 'The printer did not print.',
    state: 'Nothing is lost.',
    next: ['Check the printer, then print again.', 'Or save it as a PDF on a drive.'],
  },
  'print.not-updated': {
    headline: 'This device was not updated, so it gets no label that says so.',
    state: 'Nothing was printed.',
    next: ['Update the device first. Its record says why it was not updated.'],
  },
  'station.enrolment': {
    headline: 'This station has no valid certificate for signing archives.',
    state: 'Nothing leaves the site.',
    next: ['Request a certificate and install what the team sends back.'],
  },
  'call.unknown': {
    headline: 'This function does not exist.',
    state: 'Nothing was changed.',
    next: ['Update Airlock on both sides.'],
  },
  'call.parameters': {
    headline: 'This request was not understood.',
    state: 'Nothing was changed.',
    next: ['Check the entry ({where}) and try again.'],
  },
  'call.too-large': {
    headline: 'This request is too large.',
    state: 'Nothing was changed.',
    next: ['Send less at once.'],
  },
  'call.rate': {
    headline: 'Too many requests at once.',
    state: 'Nothing was changed.',
    next: ['Wait a moment, then try again.'],
  },
  'call.cancelled': {
    headline: 'This was cancelled.',
    state: 'What was finished is kept.',
    next: ['Start again when you like.'],
  },
  'job.unknown': {
    headline: 'There is no such work.',
    state: 'Nothing was changed.',
    next: ['Look at the list again.'],
  },
  'job.busy': {
    headline: 'This is already being worked on.',
    state: 'Nothing was changed.',
    next: ['Wait until it has ended.'],
  },
  'not-found': { headline: 'This is not there.', state: 'Nothing was changed.', next: ['Look at the list again.'] },
  usage: {
    headline: 'The command was not understood.',
    state: 'Nothing was changed.',
    next: ['Read its usage: add --help.'],
  },
  'file.unusable': {
    headline: 'This file or folder cannot be used: {path}.',
    state: 'The reason: {why}.',
    next: ['Check the path and its permissions, then run the command again.'],
  },
  internal: {
    headline: 'Airlock met a fault of its own.',
    state: 'The step was not done; what was acknowledged is kept.',
    next: ['Try again.', 'If it stays, send the diagnostic log to the makers.'],
  },
} as const satisfies Record<string, ErrorText>
