// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { DesktopHost } from './watched-host.ts'

type Desktop = Pick<typeof import('electron'), 'powerMonitor' | 'powerSaveBlocker' | 'safeStorage'>

/** Names the desktop's key store. Errors: `audit.key` where it is none. */
const storeOf = ({ safeStorage }: Desktop): string => {
  const name = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform
  // On Linux without a secret store Electron would wrap with a fixed password: that is no key store.
  if (name === 'basic_text' || name === 'unknown' || !safeStorage.isEncryptionAvailable())
    throw new AirlockError('audit.key', { store: name })
  return `electron-${name}`
}

/** What Electron's main process does for the station: the desktop's key store, idle time, keeping awake. */
export const createElectronHost = (desktop: Desktop): Omit<DesktopHost, 'host.print' | 'host.pdf'> => {
  const { powerMonitor, powerSaveBlocker, safeStorage } = desktop
  let awake: number | undefined
  return {
    'host.keyStore': () => ({ backend: storeOf(desktop) }),
    'host.wrap': ({ secret }) => {
      storeOf(desktop)
      return { wrapped: safeStorage.encryptString(secret).toString('base64') }
    },
    'host.unwrap': ({ wrapped }) => {
      try {
        return { secret: safeStorage.decryptString(Buffer.from(wrapped, 'base64')) }
      } catch (cause) {
        throw new AirlockError('audit.key', {}, { cause })
      }
    },
    'host.idle': () => ({ ms: powerMonitor.getSystemIdleTime() * 1000 }),
    'host.keepAwake': ({ devices }) => {
      if (awake !== undefined) powerSaveBlocker.stop(awake)
      awake = devices > 0 ? powerSaveBlocker.start('prevent-app-suspension') : undefined
      return { held: awake !== undefined }
    },
  }
}
