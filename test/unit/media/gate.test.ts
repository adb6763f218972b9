// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createGate } from '../../../main/station/media/gate.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import { code } from '../../support/exports.ts'

const gateOf = () => {
  const pulled = new AbortController()
  return { pulled, ...createGate('A', pulled.signal, { asked: millis(20), written: millis(2_000_000) }) }
}

describe('the gate of a drive', () => {
  it('asks one thing after the other, and goes on behind one that failed', async () => {
    const { ask } = gateOf()
    const first = Promise.withResolvers<string>()
    const begun: string[] = []
    const one = ask(() => (begun.push('one'), first.promise), 'written')
    const two = ask(() => (begun.push('two'), Promise.resolve('second')))
    await Promise.resolve()
    expect(begun).toEqual(['one'])
    first.reject(new Error('EIO'))
    await expect(one).rejects.toThrow('EIO')
    expect(await two).toBe('second')
  })

  it('gives up what gets no answer, begins nothing more until it comes, and then goes on', async () => {
    const { ask, silent } = gateOf()
    const owed = Promise.withResolvers<void>()
    let begun = 0
    const lost = ask(() => owed.promise)
    const behind = ask(() => Promise.resolve((begun += 1)))
    await expect(lost).rejects.toEqual(code('medium.silent'))
    await expect(behind).rejects.toEqual(code('medium.silent'))
    expect([silent(), begun]).toEqual([true, 0])
    owed.resolve()
    await expect.poll(silent).toBe(false)
    expect(await ask(() => Promise.resolve((begun += 1)))).toBe(1)
  })

  it('ends all waiting with the reason as soon as the drive is pulled', async () => {
    const { ask, pulled } = gateOf()
    const waiting = [ask(() => new Promise(() => undefined), 'written'), ask(() => Promise.resolve())]
    await Promise.resolve()
    pulled.abort(new AirlockError('medium.io', { drive: 'A' }))
    for (const one of waiting) await expect(one).rejects.toEqual(code('medium.io'))
    await expect(ask(() => Promise.resolve())).rejects.toEqual(code('medium.io'))
  })
})
