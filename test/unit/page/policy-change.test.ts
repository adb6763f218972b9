// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { sayChanges } from '../../../renderer/features/keys/policy-change.ts'
import { en } from '../../../renderer/text/en.ts'
import type { Text } from '../../../renderer/text/use-text.ts'
import { documentChanges } from '../../../shared/formats/document-changes.ts'
import { roleOf, testPki } from '../../support/pki.ts'

const t: Text = (key, values = {}) => en[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

it('a key that signs is told from one that vouches for signers, when it becomes the other', () => {
  const { policy, release } = testPki()
  const next = { ...policy, roles: { ...policy.roles, release: roleOf([], [release]) } }
  const key = release.spki.slice(0, 12).match(/.{4}/g)?.join(' ')
  expect(sayChanges(t, String, documentChanges(policy, next)).map((said) => said.toLowerCase())).toEqual(
    [`Release: key ${key} added, which vouches for signers`, `Release: key ${key} removed`].map((said) =>
      said.toLowerCase(),
    ),
  )
})
