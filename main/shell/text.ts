// SPDX-License-Identifier: Apache-2.0

/** The few words that the shell itself says, outside the page. */
export const text = {
  leaveWhileWriting: {
    message: 'A device is being updated.',
    detail:
      'If Airlock closes now, the update stops part-way and the device does not run until it is updated again. The stop is recorded.',
    buttons: ['Keep updating', 'Close anyway'],
  },
} as const
