// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import type { FirmwareManifest, FirmwarePayload } from '../../../shared/formats/firmware.ts'
import { bytes } from '../../../shared/units.ts'
import { FlashError } from '../devices/flash-error.ts'
import type { DeviceProfile } from '../devices/profile.ts'
import type { Clock } from '../platform/clock.ts'
import type { FlashDriver } from './drivers/driver.ts'
import { createStk500v1 } from './drivers/stk500v1.ts'
import type { FirmwareSource } from './firmware-source.ts'
import { imageFormats, parseImage, type ImageFormat } from './image.ts'
import { planFlash, type FlashPlan } from './plan.ts'

/** Everything that can be settled before a port is touched. */
export type Prepared = {
  readonly profile: DeviceProfile
  readonly driver: FlashDriver
  readonly payload: FirmwarePayload
  readonly plan: FlashPlan
}

/** The largest image that is held in memory for a chip that is written page by page. */
const largestImage = 16 * 1024 * 1024

/** The profile for a product. Errors: `device.profile` (none, or several). */
export const profileFor = (profiles: readonly DeviceProfile[], product: string): DeviceProfile => {
  const fitting = profiles.filter((profile) => profile.product === product)
  const [only] = fitting
  if (only === undefined || fitting.length > 1)
    throw new AirlockError('device.profile', { product, profiles: fitting.length })
  return only
}

const payloadFor = (manifest: FirmwareManifest, profile: DeviceProfile, component: string | undefined) => {
  const fitting = manifest.payloads.filter(
    (payload) => payload.driver === profile.driver && (component === undefined || payload.component === component),
  )
  const [only] = fitting
  if (only === undefined || fitting.length > 1)
    throw new AirlockError('compat.set', { driver: profile.driver, payloads: fitting.length })
  return only
}

const formatOf = (payload: FirmwarePayload): ImageFormat => {
  const format = imageFormats.find((name) => name === payload.format)
  if (format === undefined) throw new AirlockError('flash.image', { format: payload.format, what: 'format' })
  return format
}

/** Whether nothing stands against a bundle now. Errors: `recall.bundle`, `trust.revoked`, `rollback.counter`, `policy.absent`. */
export const requireStanding = (source: FirmwareSource, bundle: string): void => {
  const objection = source.objection(bundle)
  if (objection === undefined) return
  const { code = 'internal', detail, facts } = objection
  throw new AirlockError(code, { ...facts, ...(detail === undefined ? {} : { detail }) })
}

/**
 * The image of a bundle, hashed again, cut into pages. Errors: `recall.bundle` and what else stands against the bundle
 * now, `device.profile`, `compat.set`, `payload.digest`, `flash.image`, FlashError image-too-big.
 */
export const prepare = (
  { source, profiles, clock }: { source: FirmwareSource; profiles: readonly DeviceProfile[]; clock: Clock },
  { bundle, component }: { bundle: string; component: string | undefined },
  manifest: FirmwareManifest,
): Prepared => {
  requireStanding(source, bundle)
  const profile = profileFor(profiles, manifest.product)
  const payload = payloadFor(manifest, profile, component)
  if (payload.size > largestImage) throw new FlashError('image-too-big', {}, { bytes: payload.size })
  const image = source.read(payload.sha256, bytes(payload.size))
  const driver = createStk500v1(profile, clock)
  const plan = planFlash(parseImage(image, formatOf(payload), payload.options.address ?? 0), driver)
  return { profile, driver, payload, plan }
}
