// SPDX-License-Identifier: Apache-2.0
import { powerMonitor, powerSaveBlocker, safeStorage } from 'electron'
import { AirlockError } from '../../shared/errors.ts'
import type { HostContract } from '../../shared/host/host.ts'
import type { Handlers } from '../../shared/rpc/server.ts'

let awake: number | undefined

const release = (): void => {
  if (awake !== undefined) powerSaveBlocker.stop(awake)
  awake = undefined
}

/** On Linux without a secret store Electron would wrap with a fixed password: that is no key store. */
const backend = (): string => {
  const name = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform
  if (name === 'basic_text' || name === 'unknown' || !safeStorage.isEncryptionAvailable())
    throw new AirlockError('audit.key', { store: name })
  return `electron-${name}`
}

/** What Electron's main process does for the station: the desktop's key store, idle time, keeping awake. */
export const electronHost: Handlers<HostContract, undefined> = {
  'host.keyStore': () => ({ backend: backend() }),
  'host.wrap': ({ secret }) => {
    backend()
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
  'host.keepAwake': ({ on }) => {
    release()
    if (on) awake = powerSaveBlocker.start('prevent-app-suspension')
    return { held: awake !== undefined }
  },
}
