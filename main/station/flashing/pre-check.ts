// SPDX-License-Identifier: Apache-2.0
/** The questions before the first erase (docs/formats/refusals.md, stage 6), pure: the first no decides. */
import type { ErrorCode } from '../../../shared/error-codes.ts'
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import { compareSemver, semver } from '../../../shared/formats/scalars.ts'
import type { Check } from '../../../shared/verdict.ts'

/** What is known of the device in front of us. */
export type Target = {
  readonly model: string
  readonly hardware: string | null
  /** The version that runs, or ran before an interrupted job; null when nobody knows. */
  readonly version: string | null
  /** The highest security counter that was flashed here. */
  readonly counter: number
  /** Version of the boot loader, major.minor. */
  readonly loader: string
}

/** What the site allows beyond the signed bundle. */
export type FlashRules = {
  /** A lower version with the same security counter (`rollback.version` otherwise). */
  readonly allowDowngrade: boolean
}

type Compat = FirmwareManifest['compat'][number]
type Answer = { readonly code: ErrorCode; readonly detail: string } | undefined

const no = (code: ErrorCode, detail: string): Answer => ({ code, detail })

const inRange = (version: string | null, range: { min: string; max?: string | undefined }): boolean =>
  version !== null &&
  semver.safeParse(version).success &&
  compareSemver(version, range.min) >= 0 &&
  (range.max === undefined || compareSemver(version, range.max) <= 0)

const shown = (version: string | null): string => version ?? 'unknown'

/** Entries for this model and revision; `unknown` in a list of revisions means just that. */
const entriesFor = (manifest: FirmwareManifest, { model, hardware }: Target): Compat[] =>
  manifest.compat.filter(
    (entry) =>
      entry.model === model && (entry.hardware === undefined || entry.hardware.includes(hardware ?? 'unknown')),
  )

const hardwareFits = (manifest: FirmwareManifest, target: Target): Answer => {
  if (entriesFor(manifest, target).length > 0) return undefined
  const { model, hardware } = target
  const known = manifest.compat.some((entry) => entry.model === model)
  if (known && hardware === null) return no('compat.unknown', `${model}, revision unknown`)
  return no('compat.hardware', `${model} ${shown(hardware)}`)
}

/** Stepping stones: one entry must let this device in with the versions that it has. */
const versionsFit = (manifest: FirmwareManifest, target: Target): Answer => {
  const fits = entriesFor(manifest, target).some(
    ({ bootloader, from }) =>
      (bootloader === undefined || inRange(`${target.loader}.0`, bootloader)) &&
      (from === undefined || inRange(target.version, from)),
  )
  return fits ? undefined : no('compat.requires', `version ${shown(target.version)}, boot loader ${target.loader}`)
}

/** A device of one component has no others that could be required. */
const setFits = (manifest: FirmwareManifest, target: Target): Answer => {
  const entries = entriesFor(manifest, target)
  const missing = entries.every(({ requires }) => requires !== undefined && requires.length > 0)
  return missing ? no('compat.set', entries[0]?.requires?.[0]?.component ?? '') : undefined
}

const counterFits = ({ securityCounter }: FirmwareManifest, { counter }: Target): Answer =>
  securityCounter < counter ? no('rollback.counter', `${securityCounter} after ${counter}`) : undefined

const versionRises = (manifest: FirmwareManifest, target: Target, rules: FlashRules): Answer => {
  const { version } = target
  const lower = version !== null && semver.safeParse(version).success && compareSemver(manifest.version, version) < 0
  if (!lower || rules.allowDowngrade || manifest.securityCounter > target.counter) return undefined
  return no('rollback.version', `${manifest.version} after ${version}`)
}

/** The questions that concern the device, in order, up to the first no. */
export const preCheck = (manifest: FirmwareManifest, target: Target, rules: FlashRules): Check[] => {
  const questions: [id: string, ask: () => Answer][] = [
    ['hardware', () => hardwareFits(manifest, target)],
    ['requires', () => versionsFit(manifest, target)],
    ['set', () => setFits(manifest, target)],
    ['counter', () => counterFits(manifest, target)],
    ['version', () => versionRises(manifest, target, rules)],
  ]
  const checks: Check[] = []
  for (const [id, ask] of questions) {
    const answer = ask()
    checks.push(answer === undefined ? { id, ok: true } : { id, ok: false, ...answer })
    if (answer !== undefined) break
  }
  return checks
}
