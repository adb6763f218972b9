// SPDX-License-Identifier: Apache-2.0

/** English: who decided about an export, and what a leak search found. */
export const exportTexts = {
  'sign.signs': 'Signs',
  'sign.now': 'Time',
  'sign.contents': 'Fingerprint',
  'decision.approved': 'Approved by {name}, {at}.',
  'decision.rejected': 'Sent back by {name}, {at}.',
  'decision.reason': 'Reason: {reason}',
  'exports.sentBack': '{name} sent “{reason}” back.',
  'exports.voided': 'The data changed after it was collected, so nothing of it can leave. Ask for the export again.',
  'leak.show': '{count, plural, one {Show # value} other {Show # values}}',
  'leak.title': 'What the leak search found',
  'leak.where': 'Where',
  'leak.value': 'Value',
  'leak.rule': 'Found by',
  'leak.byNames': 'list of names',
  'leak.none': 'The list of names that stay is missing: a compliance officer sets it.',
  'review.asApproved': 'This is the preview as it was approved: its bytes are those that the log names.',
} as const
