// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

const make = (): string => mkdtempSync(join(tmpdir(), 'airlock-test-'))
const clear = (path: string): void => rmSync(path, { recursive: true, force: true })

/** A fresh folder that is removed when the running test ends. */
export const tempFolder = (): string => {
  const path = make()
  onTestFinished(() => clear(path))
  return path
}

/** A fresh folder that all tests of a file share; removed after the last one. */
export const tempFolderForFile = (): string => {
  const path = make()
  afterAll(() => clear(path))
  return path
}
