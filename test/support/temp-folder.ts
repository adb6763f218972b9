// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A fresh folder that is removed when the running test ends. */
export const tempFolder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'airlock-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
