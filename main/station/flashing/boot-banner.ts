// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from 'node:util'
import { createBannerReader, type DeviceIdentity } from '../devices/banner.ts'
import type { DeviceProfile } from '../devices/profile.ts'
import type { LoaderSession } from './loader-session.ts'
import type { Transport } from '../devices/transport.ts'

/** What came from the port until the banner was whole, or until the time was over. */
export type BannerSeen = { readonly identity: DeviceIdentity | undefined; readonly bytes: Uint8Array }

/**
 * Listens for the application's banner, for as long as the profile gives it. Bytes that arrive later wait in the
 * transport for the next reader. Errors: why the port went, or the signal's reason.
 */
const awaitBanner = async (
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

const starts = 3

/**
 * Starts the application and hears from itself who it is. A banner has no checksum: it counts when it says what was
 * expected, or the same as another start did. One that says nothing at all is not waited for twice.
 * `identity` is undefined when there was none, or no two that agree.
 */
export const startApplication = async (
  session: LoaderSession,
  profile: DeviceProfile,
  signal: AbortSignal,
  isExpected: (identity: DeviceIdentity) => boolean,
): Promise<BannerSeen> => {
  const heard: DeviceIdentity[] = []
  for (let attempt = 1; ; attempt += 1) {
    await session.leave()
    const seen = await awaitBanner(session.transport(), profile, signal)
    const { identity } = seen
    const known =
      identity !== undefined && (isExpected(identity) || heard.some((one) => isDeepStrictEqual(one, identity)))
    if (known || seen.bytes.length === 0) return seen
    if (attempt === starts) return { ...seen, identity: undefined }
    if (identity === undefined || heard.length > 0) session.note('verify', -1, attempt)
    if (identity !== undefined) heard.push(identity)
    await session.reenter()
  }
}
