// SPDX-License-Identifier: Apache-2.0

/** English texts: the station's own certificate. */
export const enrolTexts = {
  'enrol.title': 'Certificate of this station',
  'enrol.lead':
    'The firmware team issues it. Write the request to a drive, bring it to them, and install what comes back.',
  'enrol.have': 'Good until {until}. A new one takes its place.',
  'enrol.words': 'Words of its key',
  'enrol.wordsWhy':
    'Read them out to the team by telephone. They issue the certificate only when the file that reached them shows the same words.',
  'enrol.request': 'Write the request to the drive',
  'enrol.written': '{name} is on drive {drive}.',
  'enrol.install': 'Install {name} from {drive}',
  'enrol.installed': 'Installed. Good until {until}.',
  'enrol.next': 'Do not use this file. Ask the team to issue a new one for the request of this station.',
  'enrol.refused': '{name} was not installed. {reason}',
} as const
