// SPDX-License-Identifier: Apache-2.0
import type { ErrorText } from '../error-text.ts'

/** English texts: trust. */
export const trustTexts = {
  'sig.invalid': {
    headline: 'This bundle was not imported. The signature is false.',
    state: 'Nothing from it was kept.',
    next: ['Do not use this drive’s copy. Tell security and your firmware contact.'],
  },
  'sig.pq-invalid': {
    headline: 'This bundle was not imported. The second, quantum-safe signature is false.',
    state: 'Nothing from it was kept.',
    next: ['Do not use this drive’s copy. Tell security and your firmware contact.'],
  },
  'trust.not-yet-valid': {
    headline: 'This bundle was not imported. The signer’s key was not yet valid when this was signed.',
    state: 'Nothing from it was kept.',
    next: ['Check the clock of this station first.', 'Then tell your firmware contact.'],
  },
  'trust.chain': {
    headline: 'This bundle was not imported. The signer’s certificate does not fit the one that is trusted.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'trust.purpose': {
    headline: 'This bundle was not imported. The signer’s certificate is not meant for this purpose.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'trust.role': {
    headline: 'This bundle was not imported. A signature stands under a role that the signer does not have.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'trust.pq-missing': {
    headline: 'This bundle was not imported. The quantum-safe signature that policy asks for is missing.',
    state: 'Nothing from it was kept.',
    next: ['Ask your firmware contact for the missing signature.'],
  },
  'trust.policy-too-old': {
    headline: 'This bundle was not imported. It needs a newer trust policy than this station has.',
    state: 'Nothing from it was kept.',
    next: ['Import the trust policy steps first: they end in .airtrust.'],
  },
  'trust.policy-old': {
    headline: 'This bundle was not imported. It was made under a trust policy that is too old.',
    state: 'Nothing from it was kept.',
    next: ['Get a newer bundle.'],
  },
  'manifest.parse': {
    headline: 'This bundle was not imported. Its manifest cannot be read.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'manifest.not-canonical': {
    headline: 'This bundle was not imported. Its manifest is not in the only form that is accepted.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'manifest.kind': {
    headline: 'This bundle was not imported. It is another kind of file than its name says.',
    state: 'Nothing from it was kept.',
    next: ['Check that you chose the right file.'],
  },
  'manifest.schema': {
    headline: 'This bundle was not imported. Its manifest has missing, wrong or unknown fields.',
    state: 'Nothing from it was kept.',
    next: ['Tell your firmware contact.'],
  },
  'manifest.flash-range': {
    headline:
      'This bundle was not imported. It would write outside the memory that it names, or one part over another.',
    state: 'Nothing from it was kept.',
    next: ['Do not use it. Tell your firmware contact.'],
  },
  'freshness.expired': {
    headline: 'This bundle was not imported. It has expired.',
    state: 'Nothing from it was kept.',
    next: ['Get a newer bundle.'],
  },
  'freshness.future': {
    headline: 'This bundle was not imported. By this station’s clock it was released in the future.',
    state: 'Nothing from it was kept.',
    next: ['Check the clock of this station first.'],
  },
  'rollback.version': {
    headline: 'This bundle is older than what the device runs, and policy forbids going back.',
    state: 'The device was not touched.',
    next: ['Use a newer bundle.'],
  },
  'rollback.equivocation': {
    headline: 'This bundle was not imported. Another bundle with the same version is already here, with other content.',
    state: 'Nothing from it was kept.',
    next: ['Use neither until your firmware contact explains it.'],
  },
  'recall.rollback': {
    headline: 'This recall list is older than the one that is known, or takes an entry back.',
    state: 'The known list stays in force.',
    next: ['Get the newest list from your firmware contact.'],
  },
  'compat.hardware': {
    headline: 'This bundle is not made for this device.',
    state: 'The device was not touched.',
    next: ['Check the label of the device and choose the right bundle.'],
  },
  'compat.unknown': {
    headline: 'The hardware revision of this device is not known.',
    state: 'The device was not touched.',
    next: ['Read the revision from the label, or set the device aside.'],
  },
  'compat.requires': {
    headline: 'The device must be brought to another version first.',
    state: 'The device was not touched.',
    next: ['Write the version in between, then this one.'],
  },
  'compat.set': {
    headline: 'Another part of the device has not the version that this bundle needs.',
    state: 'The device was not touched.',
    next: ['Update the other part first.'],
  },
  'compat.base': {
    headline: 'The version on the device is not the one that this update builds on.',
    state: 'The device was not touched.',
    next: ['Use a full bundle.'],
  },
} as const satisfies Record<string, ErrorText>
