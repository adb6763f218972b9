// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { errorCodes, isErrorCode } from '../../../shared/error-codes.ts'
import { codeOfExit, exitCodeOf } from '../../../shared/host/exit-codes.ts'

describe('the exit code of a station', () => {
  it('says which code ended it, or that it was a fault of its own', () => {
    for (const code of Object.keys(errorCodes).filter(isErrorCode)) {
      const exit = exitCodeOf(code)
      expect(exit).toBeGreaterThan(63)
      expect(exit).toBeLessThan(126)
      expect([code, 'internal']).toContain(codeOfExit(exit))
    }
    for (const code of [
      'audit.key',
      'station.already-running',
      'storage.schema',
      'storage.io',
      'station.self-test',
    ] as const)
      expect(codeOfExit(exitCodeOf(code))).toBe(code)
  })

  it('says nothing where the station was killed', () => {
    for (const exit of [0, 1, 64, 137, 'SIGKILL']) expect(codeOfExit(exit)).toBe('station.lost')
  })
})
