// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { describeCode } from '../../../main/cli/describe-code.ts'

describe('what the command line says of a code', () => {
  it('gives number, headline, state and steps', () => {
    expect(describeCode('payload.digest')).toBe(
      'AL-2102 payload.digest: This bundle was not imported. It was changed after it was signed.\n' +
        'Nothing from it was kept.\n' +
        'Do not use this drive’s copy. Get a fresh one and tell your firmware contact.\n',
    )
  })

  it('numbers several steps and fills in the facts', () => {
    const text = describeCode('flash.timeout', { port: 'Port 5' })
    expect(text).toContain('AL-3102 flash.timeout: Port 5 does not answer.\n')
    expect(text).toMatch(/1\. Check the cable\.\n2\. Switch/)
  })

  it('leaves the name of a fact that nobody gave', () => {
    expect(describeCode('flash.timeout')).toContain('port does not answer.')
  })
})
