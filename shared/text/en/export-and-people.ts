// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: export and people. */
export const exportAndPeopleTexts = {
  'export.policy': {
    headline: 'The cleaning policy is missing, unknown or not valid.',
    state: 'Nothing leaves the site.',
    next: ['Ask a compliance officer for the approved policy.'],
  },
  'export.leak': {
    headline: 'The leak search found values that must not leave[: {hits}].',
    state: 'Nothing leaves the site; nobody can wave it through.',
    next: ['Remove the values or the field and run again.'],
  },
  'export.preview': {
    headline: 'The preview of this export is not the one that was approved.',
    state: 'It is not shown. Who approved which contents stands in the log[, entry {entry}].',
    next: ['Tell your compliance officer: somebody changed a file of this station.'],
  },
  'export.new-field': {
    headline: 'Fields are new since the last approval[: {fields}].',
    state: 'Nothing was signed.',
    next: ['Decide each of them beside the preview, then sign.'],
  },
  'export.changed': {
    headline: 'The data changed since you looked.',
    state: 'Nothing was signed.',
    next: ['Look at the new preview, then sign.'],
  },
  'export.same-person': {
    headline: 'You asked for this export, so someone else must approve it.',
    state: 'Nothing was signed.',
    next: ['Ask another compliance officer.'],
  },
  'export.nothing': {
    headline: 'There is nothing to export for this period.',
    state: 'Nothing was made.',
    next: ['Widen the period, or collect first.'],
  },
  'export.state': {
    headline: 'This export is not in a state that allows this step.',
    state: 'Nothing was changed.',
    next: ['Look at the export again: another person may have acted.'],
  },
  'export.no-recipient': {
    headline: 'The trust policy names nobody to encrypt to.',
    state: 'Nothing leaves the site.',
    next: ['Ask for a trust policy with a recipient.'],
  },
  'archive.unknown-station': {
    headline: 'This archive comes from a station that is not known.',
    state: 'Nothing was taken in.',
    next: ['Check the station’s certificate and the trust policy.'],
  },
  'archive.gap': {
    headline: 'An archive before this one is missing.',
    state: 'This one waits in quarantine.',
    next: ['Ask the site for the missing archive.'],
  },
  'archive.count': {
    headline: 'This archive has another number of records than it says.',
    state: 'Nothing was taken in.',
    next: ['Ask the site to write the archive again.'],
  },
  'archive.policy': {
    headline: 'This archive was cleaned by a policy that is not approved.',
    state: 'Nothing was taken in.',
    next: ['Ask the site which policy is in force.'],
  },
  'archive.decrypt': {
    headline: 'This archive cannot be decrypted with this key.',
    state: 'Nothing was taken in.',
    next: ['Use the key that the trust policy names as recipient.'],
  },
  'archive.replayed': {
    headline: 'This archive is older than what is known of its station.',
    state: 'Nothing was taken in.',
    next: ['Nothing needs to be done if it was taken in before.'],
  },
  'archive.rows': {
    headline: 'This archive has records of a form that is not known.',
    state: 'Nothing was taken in.',
    next: ['Update this command line, or ask the site which Airlock wrote the archive.'],
  },
  'person.credentials': {
    headline: 'User name or password is not right.',
    state: 'Nothing was done.',
    next: ['Try again, or ask an administrator.'],
  },
  'person.locked': {
    headline: 'This account is locked after 5 tries.',
    state: 'You are not signed in.',
    next: ['An administrator can unlock it at once.', 'It unlocks by itself after 15 minutes.'],
  },
  'person.exists': {
    headline: 'There is already an account with this user name.',
    state: 'Nothing was changed.',
    next: ['Choose another user name; one of somebody who left is never given again.'],
  },
  'person.not-allowed': {
    headline: 'Your role does not allow this.',
    state: 'Nothing was changed.',
    next: ['Ask somebody whose role does.'],
  },
  'person.signed-out': {
    headline: 'You are signed out.',
    state: 'Nothing was changed; running work goes on.',
    next: ['Sign in again.'],
  },
  'person.name-rule': {
    headline: 'This name has characters that are not allowed.',
    state: 'Nothing was changed.',
    next: ['Use letters of one alphabet, digits, dots and dashes; at most 64, with single spaces.'],
  },
  'person.mismatch': {
    headline: 'An account was changed outside Airlock.',
    state: 'What the log says is in force again; a password that was replaced no longer works.',
    next: ['Tell your compliance officer.', 'Ask an administrator for a new password.'],
  },
} as const satisfies Record<string, ErrorText>
