// SPDX-License-Identifier: Apache-2.0
/** English: exceptions for what has expired. */
export const exceptionTexts = {
  'exception.title': 'Exceptions',
  'exception.bundle-expired': 'Bundle {what}, which has expired',
  'exception.policy-expired': 'Trust policy {what}, which has expired',
  'exception.asked': '{name} asked on {at}: “{reason}”',
  'exception.granted': '{name} granted it on {at}: “{reason}”',
  'exception.declined': '{name} declined it on {at}: “{reason}”',
  'exception.waits': 'Waits for a compliance officer',
  'exception.counts': 'Granted',
  'exception.until': 'Granted until {day}',
  'exception.no': 'Declined',
  'exception.used': 'Imported by exception',
  'seal.verified': 'Verified bundle',
  'seal.excepted': 'Verified, let in by an exception of two people',
  'seal.withdrawn': 'Withdrawn: do not use it',
  'exception.ask': 'Ask for an exception',
  'exception.askHow':
    'A compliance officer who is somebody else decides. Then import again. Log and bundle show it for ever.',
  'exception.said': 'Asked for. A compliance officer decides on the page Bundles.',
  'exception.why': 'Reason',
  'exception.grant': 'Grant the exception',
  'exception.decline': 'Decline',
  'exception.send': 'Send the request',
  'exception.needReason': 'Give a reason.',
  'exception.needPassword': 'Give your password.',
  'exception.own': 'You asked for it: somebody else decides.',
} as const
