// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: policy, certificates of stations. */
export const policyTexts = {
  'policy.old-threshold': {
    headline: 'This trust policy is not signed by enough of the present root keys.',
    state: 'The present policy stays in force.',
    next: ['Tell your firmware contact.'],
  },
  'policy.new-threshold': {
    headline: 'This trust policy is not signed by enough of its own root keys.',
    state: 'The present policy stays in force.',
    next: ['Tell your firmware contact.'],
  },
  'policy.gap': {
    headline: 'A trust policy step is missing before this one.',
    state: 'The present policy stays in force.',
    next: ['Ask for a drive with every step in between.'],
  },
  'policy.rollback': {
    headline: 'This trust policy is older than the present one.',
    state: 'The present policy stays in force.',
    next: ['Nothing needs to be done.'],
  },
  'policy.equivocation': {
    headline: 'There are two different trust policies with the same version.',
    state: 'The present policy stays in force.',
    next: ['Tell security and your firmware contact.'],
  },
  'policy.schema': {
    headline: 'This trust policy has missing, wrong or unknown fields.',
    state: 'The present policy stays in force.',
    next: ['Tell your firmware contact.'],
  },
  'policy.expired': {
    headline: 'The trust policy of this site has expired.',
    state: 'Import is off until there is a new one.',
    next: ['Ask your firmware contact for the next policy step.'],
  },
  'policy.weakening': {
    headline: 'This trust policy weakens a rule without naming it.',
    state: 'The present policy stays in force.',
    next: ['Tell security and your firmware contact.'],
  },
  'policy.absent': {
    headline: 'This station has no trust policy yet.',
    state: 'Nothing can be imported.',
    next: ['Two people confirm the first policy by its words.'],
  },
  'policy.fingerprint': {
    headline: 'The words do not fit this trust policy.',
    state: 'It was not taken.',
    next: ['Compare with the paper again.', 'If they differ, do not go on. Tell security.'],
  },
  'policy.not-reviewed': {
    headline: 'This station has not asked you for words of this trust policy since it started.',
    state: 'Nothing was taken.',
    next: ['Review the policy first: the station says then which words it wants.'],
  },
  'policy.same-person': {
    headline: 'You have confirmed this trust policy already.',
    state: 'Your confirmation stands; the policy is not in force yet.',
    next: ['Ask a second person to confirm it with their own words.'],
  },
  'enrolment.request': {
    headline: 'The request in this file is not one that a station makes.',
    state: 'No certificate was issued.',
    next: ['Ask the station for a new request.', 'If the new one says the same, tell security.'],
  },
  'enrolment.key': {
    headline: 'This file names another key than the one that it is for.',
    state: 'Nothing was issued or installed.',
    next: ['Do not use this drive’s copy. Tell security and your firmware contact.'],
  },
  'enrolment.other-station': {
    headline: 'This certificate is for another station.',
    state: 'The certificate that this station has stays.',
    next: ['Look for the file of this station on the drive.', 'Or write a new request and send it to the team.'],
  },
} as const satisfies Record<string, ErrorText>
