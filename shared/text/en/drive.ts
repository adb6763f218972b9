// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: drive. */
export const driveTexts = {
  'medium.io': {
    headline: 'The drive was removed or failed.',
    state: 'Nothing from it was kept.',
    next: ['Plug it in again; in the window copying starts over by itself.', 'If it fails again, use another drive.'],
  },
  'medium.unreadable': {
    headline: 'This drive[, {drive},] cannot be read.',
    state: 'Nothing was copied.',
    next: ['Try another port.', 'If it stays, ask for a new drive.'],
  },
  'medium.nothing-here': {
    headline: 'There is nothing for Airlock on this drive.',
    state: 'Nothing was copied.',
    next: ['Check that you have the right drive: bundles end in .airfw.'],
  },
  'medium.read-only': {
    headline: 'This drive[, {drive},] is write-protected.',
    state: 'Nothing was written; an approval stays valid.',
    next: ['Move the small switch on the drive, or use another drive.'],
  },
  'medium.full': {
    headline: 'There is not enough room on this drive[: {needed} needed, {free} free].',
    state: 'Nothing was written; an approval stays valid.',
    next: ['Free space on the drive, or use another one.'],
  },
  'medium.read-back': {
    headline: 'The file on the drive differs from what was written.',
    state: 'The copy on the drive was deleted; the approval is still valid.',
    next: ['Use another drive.', 'Set this one aside as defective.'],
  },
  'medium.several': {
    headline: 'Two drives are plugged in.',
    state: 'Nothing was copied.',
    next: ['Choose the drive by its name.'],
  },
  'medium.input-device': {
    headline: 'This device also acts as a keyboard.',
    state: 'It was not used.',
    next: ['Remove it and tell security.'],
  },
  'medium.not-allowed': {
    headline: 'This drive is not allowed here: it is not registered.',
    state: 'It was not used: this site works with registered drives only.',
    next: [
      'Use a drive from your site’s list.',
      'An administrator registers drives under Station → Registered drives.',
    ],
  },
  'medium.not-regular': {
    headline: 'This is not an ordinary file but a link, a folder or a device.',
    state: 'Nothing was opened.',
    next: ['Ask for the drive to be written again.', 'If nobody can explain it, tell security.'],
  },
  'medium.gone': {
    headline: 'The drive is no longer there.',
    state: 'Nothing was changed.',
    next: ['Plug it in again, then repeat the step.'],
  },
  'medium.in-use': {
    headline: 'This drive is in use.',
    state: 'Work on it goes on; nothing was lost.',
    next: ['Leave it plugged in until the work on it is done, then eject it again.'],
  },
  'medium.write': {
    headline: 'The drive was removed or failed while it was written.',
    state: 'The approval is still valid; what is on the drive is not complete and does not count.',
    next: ['Plug it in again, then write again.', 'If it fails again, use another drive.'],
  },
  'medium.silent': {
    headline: 'The drive does not answer.',
    state: 'Work with it has ended; nothing from it was kept, and an approval stays valid. All other work goes on.',
    next: ['Unplug the drive, wait a moment, then plug it in again.', 'If it happens again, use another drive.'],
  },
  'medium.no-identity': {
    headline: 'This drive says nothing by which it could be known again.',
    state: 'It was not registered: it has no volume id that this computer could read.',
    next: ['Format the drive anew on another computer, or register another drive.'],
  },
  'medium.registered': {
    headline: 'This drive is registered already.',
    state: 'Nothing was changed.',
    next: ['To change its name or owner, end its registration, then register it again.'],
  },
} as const satisfies Record<string, ErrorText>
