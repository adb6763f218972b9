// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: device. */
export const deviceTexts = {
  'flash.unplugged': {
    headline: '{port} was unplugged while it was being written.',
    state: 'The device may not start until it is written again.',
    next: ['Plug it back in and start again: what is already written is kept.'],
  },
  'flash.timeout': {
    headline: '{port} does not answer.',
    state: 'The old version is still in place unless writing had begun.',
    next: ['Check the cable.', 'Switch the device off and on.', 'Try again.'],
  },
  'flash.port-busy': {
    headline: '{port} is used by another program.',
    state: 'Nothing was written.',
    next: ['Close the other program, then try again.'],
  },
  'flash.port-denied': {
    headline: 'This computer does not let Airlock use {port}.',
    state: 'Nothing was written.',
    next: ['Ask an administrator to allow the port.'],
  },
  'flash.wrong-device': {
    headline: 'A different device is now on {port}[: {found}, not {wanted}].',
    state: 'The first one was not finished; this one is untouched.',
    next: ['Put the first device back, or set it aside.'],
  },
  'flash.verify': {
    headline: 'The content on {port} differs after writing.',
    state: 'The device stays in its loader.',
    next: ['Try again once.', 'If it differs again, set it aside and replace the cable.'],
  },
  'flash.version': {
    headline: '{port} restarted but reports another version than was written[: {found}, not {expected}].',
    state: 'The device runs what it reports.',
    next: ['Try again.', 'If it stays, set the device aside.'],
  },
  'flash.protected': {
    headline: '{port} is locked against writing.',
    state: 'Nothing was written.',
    next: ['Follow the site’s unlock procedure, then try again.'],
  },
  'flash.out-of-sync': {
    headline: '{port} answers out of step.',
    state: 'The device may not start until it is written again.',
    next: ['Try again.', 'If it stays, replace the cable.'],
  },
  'flash.nack': {
    headline: '{port} refused a command.',
    state: 'The device may not start until it is written again.',
    next: ['Try again.'],
  },
  'flash.image-too-big': {
    headline: 'The firmware does not fit into this device.',
    state: 'Nothing was written.',
    next: ['Check that the bundle is made for this device.'],
  },
  'flash.cancelled': {
    headline: 'Writing {port} was stopped.',
    state: 'The device may not start until it is written again.',
    next: ['Start again: what is already written is kept.'],
  },
  'flash.interrupted': {
    headline: 'Airlock closed while {port} was being written.',
    state: 'The device may not start until it is written again.',
    next: ['Start again: what is already written is kept.'],
  },
  'flash.unconfirmed': {
    headline: '{port} was written and did not report its version.',
    state: 'The content was read back and is right.',
    next: ['Switch the device off and on, then read its version.'],
  },
  'device.unknown': {
    headline: 'This device does not say who it is.',
    state: 'Nothing was written.',
    next: ['Confirm it by its label.'],
  },
  'port.unknown': {
    headline: 'There is no such port.',
    state: 'Nothing was changed.',
    next: ['Check the cable, then look at the list of ports again.'],
  },
  'port.not-serial': {
    headline: '{port} is not a serial port.',
    state: 'Nothing was written.',
    next: ['Choose the port that the device is plugged into.'],
  },
  'device.twin': {
    headline: 'Two devices report the same serial number[: {serial}].',
    state: 'Neither was written, unless writing had already begun.',
    next: ['Set one aside.', 'Tell your firmware contact.'],
  },
  'telemetry.half-written': {
    headline: 'The device at {port} was left half written.',
    state: 'Airlock does not listen to it: opening its port would start it with what stands in it.',
    next: ['Update it again on the bench: what is already written is kept.'],
  },
  'flash.image': {
    headline: 'The firmware image cannot be read.',
    state: 'The device was not touched.',
    next: ['Tell your firmware contact.'],
  },
  'device.profile': {
    headline: 'The profile of this device cannot be used.',
    state: 'Nothing was written.',
    next: ['Ask an administrator to check the device profiles of this station.'],
  },
  'flash.supply': {
    headline: '{port} says that its supply is too low[: {volts} V].',
    state: 'Nothing was written.',
    next: ['Use a powered hub or another port.'],
  },
  'port.hub': {
    headline: 'The hub stopped[: ports {ports} were lost].',
    state: 'Devices that were being written may not start until they are written again.',
    next: ['Check the hub’s power and plug: the devices come back by themselves.'],
  },
  'device.label': {
    headline: 'This is not the serial number on the label.',
    state: 'Nothing was written.',
    next: ['Compare the two, then scan the label again.'],
  },
  'run.battery': {
    headline: 'The computer’s battery is low[: {percent} %].',
    state: 'The run was not started.',
    next: ['Plug in power.'],
  },
  'run.open': {
    headline: 'Another run is not ended yet.',
    state: 'No new run was started.',
    next: ['Add the devices to that run, or end it first.'],
  },
  'run.none': {
    headline: 'There is no run.',
    state: 'Nothing was changed.',
    next: ['Start a run on the bench.'],
  },
  'run.state': {
    headline: 'This cannot be done with the run or the device now.',
    state: 'Nothing was changed.',
    next: ['Look at the bench: somebody may have done it already.'],
  },
  'run.busy': {
    headline: '{port} is in this run already.',
    state: 'Nothing was changed.',
    next: ['Wait until it has ended, or pause the run.'],
  },
} as const satisfies Record<string, ErrorText>
