// SPDX-License-Identifier: Apache-2.0
/**
 * The station's built program under a clock that a test sets: milliseconds to add to the system's stand in the file
 * `shift` beside the data folder, and count from the next look on. Nothing else of the program is different.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const data = process.argv[process.argv.indexOf('--data') + 1] ?? ''
const file = join(dirname(data), 'shift')
const systemNow = Date.now.bind(Date)
Date.now = () => systemNow() + Number(readFileSync(file, 'utf8'))

await import(String(new URL('../../out/main/station/main.js', import.meta.url)))
