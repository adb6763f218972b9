// SPDX-License-Identifier: Apache-2.0

/** English: the ports of the bench and who is at them. */
export const portTexts = {
  'setUp.ports': 'Ports',
  'ports.title': 'Ports',
  'ports.lead': 'Each port has the number of the sticker on the hub. Plug a device in to see which port it is.',
  'ports.stepLead':
    'Plug one device into each port in turn. Its tile lights up and asks for the number on the sticker. You can do this later, too.',
  'ports.count':
    '{here, plural, =0 {Nothing is plugged in.} one {# port has something plugged in.} other {# ports have something plugged in.}} {all, plural, one {# place is known.} other {# places are known.}}',
  'ports.open': 'Open the port map',
  'ports.back': 'Back to the station',
  'ports.none': 'Plug in the first device. Its port shows up within a few seconds.',
  'ports.pick': 'Plug a device in, or choose a port, to give it a number.',
  'ports.here': 'Plugged in',
  'ports.absent': 'Free',
  'ports.lit': 'Plugged in just now',
  'ports.sticker': 'Number of the port',
  'ports.number': 'Number on the sticker',
  'ports.numberRule': 'Type a whole number from 1 to 999.',
  'ports.name': 'Name',
  'ports.nameHint': 'May stay empty, for example: left hub',
  'ports.place': 'Socket:',
  'ports.swap': 'Another port has number {number}. It takes number {other}.',
  'ports.keep': 'Keep this number',
  'ports.kept': 'This is port {number} from now on.',
  'ports.onlyAdministrator': 'An administrator gives ports their numbers.',
  'ports.signIn': 'Sign in and give numbers',
  'ports.signInWhy': 'The numbers go into the log with the name of an administrator.',
  'ports.skip': 'Do this later',
} as const
