// SPDX-License-Identifier: Apache-2.0
/** English: keys and bundles that two people withdraw at this site, or take back. */
export const withdrawalTexts = {
  'withdrawal.waiting': 'Waits for a second signature',
  'withdrawal.withdraw.open': 'Withdraw here…',
  'withdrawal.restore.open': 'Take back…',
  'withdrawal.withdraw.key': 'Withdraw key {what} at this site',
  'withdrawal.withdraw.bundle': 'Withdraw bundle {what} at this site',
  'withdrawal.restore.key': 'Take back the withdrawal of key {what}',
  'withdrawal.restore.bundle': 'Take back the withdrawal of bundle {what}',
  'withdrawal.effect.withdraw':
    '{count, plural, =0 {No bundle of this station will stop being usable.} one {# bundle will no longer be usable.} other {# bundles will no longer be usable.}} 0 devices change.',
  'withdrawal.effect.restore':
    '{count, plural, =0 {No bundle will be usable that is not now.} one {# bundle will be usable again.} other {# bundles will be usable again.}} 0 devices change.',
  'withdrawal.devices':
    '{count, plural, =0 {To no device was one of them written last.} one {To # device one of them was written last. It keeps it.} other {To # devices one of them was written last. They keep it.}}',
  'withdrawal.run':
    'The update run with {what} is open. A device that is being written is finished; no other one is begun.',
  'withdrawal.how.withdraw':
    'Somebody else signs before anything happens; one of you is from compliance. Trust policies and recall lists come through all the same.',
  'withdrawal.how.restore': 'Somebody else signs before anything happens; one of you is from compliance.',
  'withdrawal.ask.withdraw': 'Ask to withdraw {what}',
  'withdrawal.ask.restore': 'Ask to take back {what}',
  'withdrawal.sign.withdraw': 'Sign the withdrawal',
  'withdrawal.sign.restore': 'Sign to take it back',
  'withdrawal.decline': 'Decline',
  'withdrawal.asked': '{name} asked on {at}: “{reason}”',
  'withdrawal.own': 'You asked for it: somebody else signs.',
  'withdrawal.notYours': 'Somebody else signs it: {roles}.',
  'withdrawal.here': 'Withdrawn here on {at} by {first} and {second}: “{reason}”',
  'withdrawal.byKey': 'It needs key {what}. {story}',
  'withdrawal.ended': 'Decided before',
  'withdrawal.outcome.signed': 'Signed by {name} on {at}: “{reason}”',
  'withdrawal.outcome.declined': 'Declined by {name} on {at}: “{reason}”',
  'withdrawal.outcome.void': 'Void: when {name} was about to sign on {at}, it concerned other bundles or runs.',
  'keys.state.withdrawn-here': 'Withdrawn here',
  'bundles.withdrawnHere': 'Withdrawn here',
  'bundles.withdrawnHereTitle': 'This bundle was withdrawn at this site.',
} as const
