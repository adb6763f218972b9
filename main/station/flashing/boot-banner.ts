// SPDX-License-Identifier: Apache-2.0
import { createBannerReader, type DeviceIdentity } from '../devices/banner.ts'
import type { DeviceProfile } from '../devices/profile.ts'
import type { Transport } from '../devices/transport.ts'

/** What came from the port until the banner was whole, or until the time was over. */
export type BannerSeen = { readonly identity: DeviceIdentity | undefined; readonly bytes: Uint8Array }

/**
 * Listens for the application's banner, for as long as the profile gives it. Bytes that arrive later wait in the
 * transport for the next reader. Errors: why the port went, or the signal's reason.
 */
export const awaitBanner = async (
  transport: Transport,
  { application }: DeviceProfile,
  signal: AbortSignal,
): Promise<BannerSeen> => {
  signal.throwIfAborted()
  const found = Promise.withResolvers<DeviceIdentity | undefined>()
  const read = createBannerReader(application.banner)
  const chunks: Uint8Array[] = []
  const stop = (): void => found.reject(signal.reason)
  const timer = setTimeout(() => found.resolve(undefined), application.bannerWithinMs)
  signal.addEventListener('abort', stop, { once: true })
  transport.onGone((why) => found.reject(why))
  const unlisten = transport.stream((chunk) => {
    chunks.push(chunk)
    const identity = read(chunk)
    if (identity !== undefined) found.resolve(identity)
  })
  try {
    const identity = await found.promise
    return { identity, bytes: Buffer.concat(chunks) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    unlisten()
  }
}
