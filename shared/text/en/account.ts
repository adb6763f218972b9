// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English: what an account, a password or a role may be; each broken rule has its own text. */
export const accountTexts = {
  'person.password-ended': {
    headline: 'Your password is more than a year old.',
    state: 'You are signed in; nothing else can be done yet.',
    next: ['Change your password now.'],
  },
  'person.password-length': {
    headline: 'This password is too short.',
    state: 'Nothing was changed.',
    next: ['Use at least 12 characters.'],
  },
  'person.password-kinds': {
    headline: 'This password has too few kinds of characters.',
    state: 'Nothing was changed.',
    next: ['Mix three kinds (small, capital, digit, sign), or use a phrase of 16 characters.'],
  },
  'person.password-login': {
    headline: 'This password contains the user name.',
    state: 'Nothing was changed.',
    next: ['Choose a password without the user name.'],
  },
  'person.password-common': {
    headline: 'This password is one that is tried first.',
    state: 'Nothing was changed.',
    next: ['Do without words like “password” and without the same few characters over and over.'],
  },
  'person.password-characters': {
    headline: 'This password cannot be typed again everywhere, or is longer than 256 characters.',
    state: 'Nothing was changed.',
    next: ['Use characters that every keyboard has, at most 256.'],
  },
  'person.password-used': {
    headline: 'You have used this password before.',
    state: 'Nothing was changed.',
    next: ['Choose one that is not among your last four.'],
  },
  'person.password-temporary': {
    headline: 'Your password was given to you by somebody else.',
    state: 'You are signed in; nothing else can be done yet.',
    next: ['Change your password now, then only you know it.'],
  },
  'person.login-rule': {
    headline: 'This user name has characters that are not allowed.',
    state: 'Nothing was changed.',
    next: ['Start with a letter from A to Z; then letters, digits, dots and dashes, 2 to 32 in all.'],
  },
  'person.name-taken': {
    headline: 'This name looks like the name of somebody else here.',
    state: 'Nothing was changed.',
    next: ['Add what tells the two people apart.'],
  },
  'person.own-role': {
    headline: 'Nobody can change their own role.',
    state: 'Nothing was changed.',
    next: ['Ask another administrator.'],
  },
  'person.last-one': {
    headline: 'This is the last administrator or the last compliance officer of this station.',
    state: 'Nothing was changed.',
    next: ['Give somebody else this role first.'],
  },
  'person.two-roles': {
    headline: 'Administrator and compliance officer are two people.',
    state: 'Nothing was changed.',
    next: ['Choose one of the two roles.'],
  },
  'person.no-role': {
    headline: 'A person needs at least one role.',
    state: 'Nothing was changed.',
    next: ['Choose a role.'],
  },
} as const satisfies Record<string, ErrorText>
