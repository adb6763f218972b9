// SPDX-License-Identifier: Apache-2.0
/** Rows 101, 103 and 109 to 112 of docs/formats/refusals.md: what is asked of a device before the first erase. */
import { describe, expect, it } from 'vitest'
import { preCheck, type Target } from '../../../main/station/flashing/pre-check.ts'
import { firmwareManifest } from '../../support/bundle.ts'

const model = 'pump-controller'
const device: Target = { model, hardware: 'b', version: '1.4.0', counter: 3, loader: '4.4' }
const compat = (...entries: object[]) => ({ compat: entries })
const answer = (manifest: object, target: Partial<Target> = {}, allowDowngrade = false) => {
  const last = preCheck(firmwareManifest(manifest), { ...device, ...target }, { allowDowngrade }).at(-1)
  return last?.ok === true ? 'fine' : last?.code
}
const from = { min: '1.4.0', max: '1.9.0' }
const loader = { min: '4.4.0', max: '5.0.0' }

describe('what does not fit the device', () => {
  it.each<[number, string, object, Partial<Target>, string]>([
    [101, 'a counter below the highest ever proven here', {}, { counter: 4 }, 'rollback.counter'],
    [103, 'a lower version under the same counter', {}, { version: '2.0.1' }, 'rollback.version'],
    [103, 'a version lower by its pre-release', { version: '2.0.0-rc.1' }, { version: '2.0.0' }, 'rollback.version'],
    [109, 'another model', {}, { model: 'valve' }, 'compat.hardware'],
    [109, 'a hardware revision that is not listed', {}, { hardware: 'c' }, 'compat.hardware'],
    [109, 'a revision in other letters', {}, { hardware: 'B' }, 'compat.hardware'],
    [109, 'another model of unknown revision', {}, { model: 'valve', hardware: null }, 'compat.hardware'],
    [110, 'an unknown revision where revisions are listed', {}, { hardware: null }, 'compat.unknown'],
    [111, 'a version below the stepping stone', compat({ model, from }), { version: '1.3.9' }, 'compat.requires'],
    [111, 'a version above the last one', compat({ model, from }), { version: '1.9.1' }, 'compat.requires'],
    [111, 'an unknown version where one is asked', compat({ model, from }), { version: null }, 'compat.requires'],
    [111, 'a version that is none', compat({ model, from }), { version: 'v1' }, 'compat.requires'],
    [111, 'a boot loader that is too old', compat({ model, bootloader: loader }), { loader: '4.3' }, 'compat.requires'],
    [111, 'a boot loader that is too new', compat({ model, bootloader: loader }), { loader: '5.1' }, 'compat.requires'],
    [
      111,
      'a stepping stone of one entry and a boot loader of another',
      compat({ model, from }, { model, bootloader: loader }),
      { version: '1.0.0', loader: '3.0' },
      'compat.requires',
    ],
    [
      112,
      'a component that the set has to have',
      compat({ model, requires: [{ component: 'radio', min: '1.0.0' }] }),
      {},
      'compat.set',
    ],
  ])('row %i: is %s', (_row, _what, manifest, target, code) => {
    expect(answer(manifest, target)).toBe(code)
  })

  it('is the first no of the order hardware, versions, set, counter, version', () => {
    const all = { ...device, hardware: 'c', version: '9.0.0', counter: 9 }
    const checks = preCheck(firmwareManifest(compat({ model, hardware: ['b'], from })), all, { allowDowngrade: false })
    expect(checks).toEqual([{ id: 'hardware', ok: false, code: 'compat.hardware', detail: `${model} c` }])
  })
})

describe('what fits the device', () => {
  it.each<[string, object, Partial<Target>]>([
    ['the same version again', {}, { version: '2.0.0' }],
    ['a lower version whose counter is higher', {}, { version: '3.0.0', counter: 2 }],
    ['an unknown version where none is asked', {}, { version: null }],
    ['any revision where none is listed', compat({ model }), { hardware: null }],
    ['an unknown revision where the list says so', compat({ model, hardware: ['unknown'] }), { hardware: null }],
    ['the ends of a range', compat({ model, from, bootloader: loader }), { version: '1.9.0', loader: '4.4' }],
    ['one entry of several', compat({ model, from: { min: '5.0.0' } }, { model, from }), {}],
  ])('is %s', (_what, manifest, target) => {
    expect(answer(manifest, target)).toBe('fine')
  })

  it('is a lower version where the site allows it', () => {
    expect(answer({}, { version: '2.0.1' }, true)).toBe('fine')
  })
})
