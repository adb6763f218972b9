// SPDX-License-Identifier: Apache-2.0
/** Electron's main process: hands Electron to the shell, with where the parts of the app lie. */
import * as electron from 'electron'
import { join } from 'node:path'
import { createElectronHost } from './electron-host.ts'
import { startShell } from './start-shell.ts'
import { stationWords } from './words.ts'

const folder = join(import.meta.dirname, '..', '..')

startShell(electron, {
  stationProgram: join(folder, 'main/station/main.js'),
  stationWords: stationWords(process.argv.slice(1), join(electron.app.getPath('userData'), 'station')),
  preload: join(folder, 'preload/preload.js'),
  pageFolder: join(folder, 'renderer'),
  host: createElectronHost(electron),
})
