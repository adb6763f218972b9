// SPDX-License-Identifier: Apache-2.0
/** Checks every process folder against its own tsconfig: `window` in the station or `process` in shared does not compile. */
import { spawnSync } from 'node:child_process'

const projects = ['shared', 'main/station', 'main/cli', 'main/shell', 'preload', 'renderer', 'test', 'tools']
const failed = projects.filter(
  (folder) =>
    spawnSync('node_modules/.bin/tsc', ['-p', folder, '--pretty', 'false'], { stdio: 'inherit' }).status !== 0,
)
if (failed.length > 0) {
  process.stderr.write(`types: ${failed.join(', ')} do not check\n`)
  process.exit(1)
}
process.stdout.write(`types: ${projects.length} projects check\n`)
