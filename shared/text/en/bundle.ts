// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: bundle. */
export const bundleTexts = {
  'sig.missing': {
    headline: 'This bundle was not imported. It has no signature.',
    state: 'Nothing from it was kept.',
    next: ['Get the signed file from your firmware contact.'],
  },
  'payload.digest': {
    headline: 'This bundle was not imported. It was changed after it was signed.',
    state: 'Nothing from it was kept.',
    next: ['Do not use this drive’s copy. Get a fresh one and tell your firmware contact.'],
  },
  'sig.digest': {
    headline: 'This bundle was not imported. The signature does not belong to this file.',
    state: 'Nothing from it was kept.',
    next: ['Do not use this drive’s copy. Get a fresh one and tell your firmware contact.'],
  },
  'trust.unknown-signer': {
    headline: 'This bundle was not imported. The signature is good, but the signer is not trusted here.',
    state: 'Nothing from it was kept.',
    next: ['Look for a release bundle.', 'If this signer should be trusted, ask for a new trust policy on a drive.'],
  },
  'trust.revoked': {
    headline: 'This bundle was not imported. The signer’s key was withdrawn[: {reason}].',
    state: 'Nothing from it was kept.',
    next: ['Get a bundle signed with the current key.'],
  },
  'trust.expired': {
    headline: 'This bundle was not imported. The signer’s key had ended[ on {ended}] when this was signed.',
    state: 'Nothing from it was kept.',
    next: ['Get a bundle signed with the current key.'],
  },
  'trust.signing-time': {
    headline:
      'This bundle was not imported. By this station’s clock the signature lies in the future, or outside the key’s window.',
    state: 'Nothing from it was kept.',
    next: ['Check the clock of this station first.'],
  },
  'trust.scope': {
    headline:
      'This bundle was not imported. It is not meant for this site, product or channel[: it is for {product}, and its signer may sign for {products}][: it is for {sites}, and this station is at {site}][: nobody may release into the channel {channel}].',
    state: 'Nothing from it was kept.',
    next: ['Check the drive: is it the right bundle?'],
  },
  'rollback.counter': {
    headline:
      'This bundle was not imported. It is older than what policy allows[: its counter is {counter}, and at least {least} is needed].',
    state: 'Nothing from it was kept.',
    next: ['Use a newer bundle.'],
  },
  'container.truncated': {
    headline: 'This bundle was not imported. The file is damaged: its end is missing.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.'],
  },
  'trust.threshold': {
    headline:
      'This bundle was not imported. It needs signatures by more people than it has[: {needs} of “{role}”, and it has {has}].',
    state: 'Nothing from it was kept.',
    next: ['Ask your firmware contact for the missing signature.'],
  },
  'trust.withdrawn-here': {
    headline: 'A key that this bundle needs was withdrawn at this site[ on {day} by {first} and {second}: “{reason}”].',
    state: 'Nothing was imported, and it was written to no device.',
    next: ['Get a bundle signed with another key. Who withdrew it, when and why stands under Trusted keys.'],
  },
  'recall.withdrawn-here': {
    headline: 'This bundle was withdrawn at this site[ on {day} by {first} and {second}: “{reason}”].',
    state: 'Nothing was imported, and it was written to no device.',
    next: ['Use another version. Who withdrew it, when and why stands at the bundle: Bundles.'],
  },
  'recall.bundle': {
    headline: 'This version was withdrawn[ by the list of {listed}: “{reason}”].',
    state: 'It was not written to any device.',
    next: ['Use the version that the recall names[: {instead}].'],
  },
  'compat.importer': {
    headline: 'This bundle was not imported. It needs a newer Airlock[: {least} or later].',
    state: 'Nothing from it was kept.',
    next: ['Ask your administrator to update this station.'],
  },
  'container.trailing-data': {
    headline: 'This bundle was not imported. It contains data that does not belong in it.',
    state: 'Nothing from it was kept.',
    next: ['Do not open the drive elsewhere. Tell security.', 'Get a fresh copy from your firmware contact.'],
  },
  'container.empty': {
    headline: 'This bundle was not imported. The file is empty.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.'],
  },
  'container.not-ustar': {
    headline: 'This bundle was not imported. The file is not what its name says.',
    state: 'Nothing from it was kept.',
    next: ['Check that you chose the right file.', 'Copy it to the drive again.'],
  },
  'container.no-end': {
    headline: 'This bundle was not imported. The file is damaged: its end mark is missing.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.'],
  },
  'container.length': {
    headline: 'This bundle was not imported. Its length is not the one that was signed.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.', 'If it stays, tell your firmware contact.'],
  },
  'container.header-checksum': {
    headline: 'This bundle was not imported. The file is damaged: a checksum inside is wrong.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.'],
  },
  'container.header-size': {
    headline: 'This bundle was not imported. A size inside the file cannot be read.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.', 'If it stays, tell your firmware contact.'],
  },
  'container.entry-type': {
    headline: 'This bundle was not imported. It contains something other than ordinary files.',
    state: 'Nothing from it was kept.',
    next: ['Do not open the drive elsewhere. Tell security.'],
  },
  'container.name': {
    headline: 'This bundle was not imported. It contains a file name that is not allowed.',
    state: 'Nothing from it was kept.',
    next: ['Do not open the drive elsewhere. Tell security.'],
  },
  'container.duplicate-name': {
    headline: 'This bundle was not imported. It contains the same file name twice.',
    state: 'Nothing from it was kept.',
    next: ['Do not open the drive elsewhere. Tell security.'],
  },
  'container.order': {
    headline: 'This bundle was not imported. Its parts are not in the order that they must have.',
    state: 'Nothing from it was kept.',
    next: ['Get a fresh copy from your firmware contact.'],
  },
  'limit.manifest-size': {
    headline: 'This bundle was not imported. Its manifest is larger than 1 MiB.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'limit.signature-size': {
    headline: 'This bundle was not imported. One of its signatures is larger than 64 KiB.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'limit.entries': {
    headline: 'This bundle was not imported. It has more parts or signatures than are allowed.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'limit.total-size': {
    headline: 'This bundle was not imported. It is larger than this station takes or has room for.',
    state: 'Nothing from it was kept.',
    next: [
      'Ask your administrator to free space.',
      'If there is room, the site’s limit must be raised by a new trust policy.',
    ],
  },
  'limit.policy-steps': {
    headline: 'There are more than 256 trust policy steps on this drive.',
    state: 'No step was applied.',
    next: ['Ask your firmware contact for a drive with the missing steps only.'],
  },
  'payload.unlisted': {
    headline: 'This bundle was not imported. It contains a file that its manifest does not list.',
    state: 'Nothing from it was kept.',
    next: ['Do not open the drive elsewhere. Tell security.'],
  },
  'payload.missing': {
    headline: 'This bundle was not imported. A file that its manifest lists is missing.',
    state: 'Nothing from it was kept.',
    next: ['Copy it to the drive again.'],
  },
  'payload.size': {
    headline: 'This bundle was not imported. A file inside has not the size that was signed.',
    state: 'Nothing from it was kept.',
    next: ['Get a fresh copy and tell your firmware contact.'],
  },
  'payload.decrypt': {
    headline: 'The firmware in this bundle cannot be decrypted here.',
    state: 'The device was not touched.',
    next: ['Ask your firmware contact for a bundle made for this site.'],
  },
  'evidence.mismatch': {
    headline: 'This bundle was not imported. Its test evidence does not belong to this firmware.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.parse': {
    headline: 'This bundle was not imported. One of its signatures cannot be read.',
    state: 'Nothing from it was kept.',
    next: ['Get a fresh copy and tell your firmware contact.'],
  },
  'sig.not-der': {
    headline: 'This bundle was not imported. One of its signatures is not in the only form that is accepted (DER).',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.too-large': {
    headline: 'This bundle was not imported. One of its signatures is too large or too deep.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.signer-count': {
    headline: 'This bundle was not imported. A signature file does not have exactly one signer.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.not-detached': {
    headline: 'This bundle was not imported. A signature carries content of its own.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.content-type': {
    headline: 'This bundle was not imported. A signature is of another kind than it must be.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.attributes': {
    headline: 'This bundle was not imported. A signature lacks or adds signed facts.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.algorithm': {
    headline: 'This bundle was not imported. A signature uses a method that is not accepted.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.key': {
    headline: 'This bundle was not imported. A signature uses a key that is too weak or of an unknown kind.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'sig.certificate': {
    headline: 'This bundle was not imported. A signature does not name its certificate clearly.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
} as const satisfies Record<string, ErrorText>
