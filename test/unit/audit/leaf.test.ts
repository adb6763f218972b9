// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { stationActor, type AuditEntry, type LeafValue } from '../../../main/station/audit/entry.ts'
import { leafLimit, parseLeaf, serializeLeaf, textLimit, type Stamp } from '../../../main/station/audit/leaf.ts'

const stamp: Stamp = {
  seq: 7,
  id: '0b9d4f0e-4bb6-4a1c-9d5c-0a3c6b0f0001',
  wallMs: 1_780_315_200_000,
  zoneOffset: 345,
  monoNs: 2n ** 63n,
  boot: '0b9d4f0e-4bb6-4a1c-9d5c-0a3c6b0f0002',
  clockState: 'steady',
  station: 'c0ffee00-0000-4000-8000-000000000001',
  appVersion: '0.1.0',
  buildHash: 'source',
  salt: '000102030405060708090a0b0c0d0e0f',
}

const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: stationActor,
  action: 'job.cancel',
  object: { type: 'thing', id: 'a' },
  outcome: 'ok',
  ...more,
})

const text = (more: Partial<AuditEntry> = {}): string => Buffer.from(serializeLeaf(stamp, entry(more))).toString()
const refused: unknown = expect.objectContaining({ code: 'audit.entry' })

describe('serializeLeaf', () => {
  it('writes these bytes and will for ever', () => {
    const full = text({
      actor: { uid: 'p-1', login: 'ada', name: 'Ada Okafor', role: 'officer' },
      secondActor: { uid: 'p-2', login: 'bo', name: 'Bo', role: 'officer' },
      session: 's-1',
      reason: 'a "quoted" line\nand é',
      before: { b: [1, true, null], a: 'x' },
      after: { z: -1, Z: 0 },
      evidence: [{ type: 'log', sha256: 'ab', bytes: 12 }],
      corr: 'job-1',
    })
    expect(full).toBe(
      '{"v":1,"seq":7,"id":"0b9d4f0e-4bb6-4a1c-9d5c-0a3c6b0f0001","wall_ms":1780315200000,"tz_off":345,' +
        '"mono_ns":"9223372036854775808","boot":"0b9d4f0e-4bb6-4a1c-9d5c-0a3c6b0f0002","clock_state":"steady",' +
        '"station":"c0ffee00-0000-4000-8000-000000000001","app_ver":"0.1.0","build_hash":"source","session":"s-1",' +
        '"actor":{"uid":"p-1","login":"ada","name":"Ada Okafor","role":"officer"},' +
        '"second_actor":{"uid":"p-2","login":"bo","name":"Bo","role":"officer"},"action":"job.cancel",' +
        '"object":{"type":"thing","id":"a"},"outcome":"ok","reason":"a \\"quoted\\" line\\nand é",' +
        '"before":{"a":"x","b":[1,true,null]},"after":{"Z":0,"z":-1},' +
        '"evidence":[{"type":"log","sha256":"ab","bytes":12}],"corr":"job-1",' +
        '"salt":"000102030405060708090a0b0c0d0e0f"}',
    )
  })

  it('writes every key also where there is nothing to say', () => {
    expect(Object.keys(JSON.parse(text()) as object).join()).toBe(
      'v,seq,id,wall_ms,tz_off,mono_ns,boot,clock_state,station,app_ver,build_hash,session,actor,second_actor,action,object,outcome,reason,before,after,evidence,corr,salt',
    )
    expect(text()).toContain('"reason":null,"before":null,"after":null,"evidence":[],"corr":null')
  })

  it('is read back as it was written', () => {
    const leaf = parseLeaf(serializeLeaf(stamp, entry({ after: { n: 2 ** 53 - 1, s: '\u0000\u202e\u200b😀' } })))
    expect(leaf.after).toEqual({ n: 2 ** 53 - 1, s: '\u0000\u202e\u200b😀' })
    expect(leaf.actor).toEqual(stationActor)
  })

  it.each([
    ['a fraction', 0.5],
    ['a whole number above 2^53', 2 ** 53],
    ['minus zero', -0],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('refuses %s', (_what, after) => {
    expect(() => text({ after })).toThrow(refused)
    expect(() => text({ before: [{ deep: after }] })).toThrow(refused)
  })

  it('refuses half a character in any text, also in a key', () => {
    for (const half of ['\ud800', 'a\udc00', '\udc00\ud800']) {
      expect(() => text({ reason: half })).toThrow(refused)
      expect(() => text({ after: { [half]: 1 } })).toThrow(refused)
      expect(() => text({ object: { type: 'thing', id: half } })).toThrow(refused)
      expect(() => text({ actor: { ...stationActor, name: half } })).toThrow(refused)
      expect(() => text({ evidence: [{ type: half, sha256: '', bytes: 0 }] })).toThrow(refused)
    }
  })

  it('stores an injected line end as one line', () => {
    const leaf = text({ object: { type: 'login', id: 'eve\r\n{"v":1}\u001b[2J' } })
    expect(leaf).not.toMatch(/\p{Cc}/u)
    expect(parseLeaf(Buffer.from(leaf)).object.id).toBe('eve\r\n{"v":1}\u001b[2J')
  })

  it('takes texts up to 4 KiB of UTF-8 and leaves up to 65 535 bytes', () => {
    expect(text({ reason: 'é'.repeat(textLimit / 2) })).toContain('é')
    expect(() => text({ reason: `${'é'.repeat(textLimit / 2)}x` })).toThrow(refused)
    const full = textLimit - 10
    const list = Array.from({ length: 15 }, () => 'x'.repeat(full))
    const left = leafLimit - Buffer.byteLength(text({ after: [...list, ''] }))
    expect(Buffer.byteLength(text({ after: [...list, 'x'.repeat(left)] }))).toBe(leafLimit)
    expect(() => text({ after: [...list, 'x'.repeat(left + 1)] })).toThrow(refused)
  })

  it('refuses values that are nested without end', () => {
    const round: LeafValue[] = []
    round.push(round)
    expect(() => text({ after: round })).toThrow(refused)
  })
})

describe('parseLeaf', () => {
  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['what is not JSON', Buffer.from('{')],
    ['a key too many', Buffer.from(text().replace('{"v":1', '{"more":1,"v":1'))],
    ['another version', Buffer.from(text().replace('"v":1', '"v":2'))],
  ])('calls %s unreadable', (_what, leaf) => {
    expect(() => parseLeaf(leaf)).toThrow(expect.objectContaining({ code: 'audit.unreadable' }))
  })
})
