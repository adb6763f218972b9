// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sanitize } from '../../../main/station/exports/sanitize/sanitize.ts'
import { createPseudonyms } from '../../../main/station/exports/sanitize/pseudonym.ts'
import { siteKeysOf } from '../../../main/station/exports/site-keys.ts'
import { defaultPolicy, testKeys } from '../../support/export-policy.ts'
import { corpusSite } from '../../support/leak-corpus.ts'
import { cleaned, lineOf, linePolicy, policyOf, scanned, textOf } from '../../support/sanitize.ts'

const linesOf = async (...lines: string[]): Promise<string> =>
  textOf(
    await cleaned(
      lines.map((line) => lineOf(line)),
      linePolicy(),
    ),
  )

describe('the schema gate', () => {
  it('drops what the policy does not list, and counts it by table and field', async () => {
    const run = await cleaned([
      { table: 'events', fields: { device: 'KX-1', seq: 1, colour: 'ultramarine', note: null } },
      { table: 'diary', fields: { page: 'private words' } },
    ])
    expect(textOf(run)).not.toMatch(/ultramarine|private|colour|diary/)
    const drops = run.report.rules.filter(({ action }) => action === 'drop')
    expect(drops).toContainEqual({ table: 'events', field: 'colour', rule: 'unlisted', action: 'drop', count: 1 })
    expect(drops).toContainEqual({ table: 'diary', field: 'page', rule: 'unlisted-table', action: 'drop', count: 1 })
    expect(run).toMatchObject({ recordsIn: 2, recordsOut: 1 })
  })

  it('exports nothing by an empty policy', async () => {
    const { policy } = policyOf({})
    const empty = { ...policy, tables: {} }
    const run = await cleaned([lineOf('x')], { policy: empty, digest: 'a'.repeat(64) })
    expect(run.tables).toEqual([])
  })

  it.each([
    [{ type: 'integer', action: 'keep', range: [0, 9] }, 12, null],
    [{ type: 'integer', action: 'keep' }, 1.5, null],
    [{ type: 'integer', action: 'keep' }, '5', null],
    [{ type: 'number', action: 'bucket:10' }, 57.3, 50],
    [{ type: 'time', action: 'time-bucket:1000' }, 1_780_000_000_123, 1_780_000_000_000],
    [{ type: 'enum', action: 'keep', values: ['a'] }, 'b', null],
    [{ type: 'word', action: 'keep' }, 'two words', null],
    [{ type: 'word', action: 'mask' }, 'secret-thing', '[removed]'],
    [{ type: 'version', action: 'version-minor' }, '2.14.3-rc1', '2.14'],
    [{ type: 'hash', action: 'keep' }, 'not a hash', null],
    [{ type: 'text', action: 'template' }, 'took 23.5 ms at 0x2000', 'took <n> ms at <n>'],
    [{ type: 'strings', action: 'keep' }, '["ok","10.0.0.5"]', '["ok","ip-fyxgjrtdyehkk4g5"]'.slice(0, 7)],
    [{ type: 'labels', action: 'keep', names: ['core'] }, '{"core":"0","owner":"x1"}', '{"core":"0"}'],
  ] as const)('makes of %j and %j: %j', async (rule, value, expected) => {
    const run = await cleaned(
      [{ table: 'events', fields: { device: 'd', x: value } }],
      policyOf({ x: structuredClone(rule) as never }),
    )
    const line = z.looseObject({ x: z.unknown() }).parse(JSON.parse(textOf(run).split('\n')[1] ?? ''))
    if (rule.type === 'strings') expect(line.x).toMatch(/^\["ok","ip-[a-z2-7]{16}"\]$/)
    else expect(line.x).toBe(expected)
  })
})

describe('pseudonyms', () => {
  const of = (site: number, kind: string, value: string): string =>
    createPseudonyms(siteKeysOf(new Uint8Array(32).fill(site)).ofKind).of(kind, value)

  it('are 80 bits in base32 behind their kind, the same within a site, other at another site and of another kind', () => {
    expect(of(1, 'mac', '001a2b3c4d5e')).toMatch(/^mac-[a-z2-7]{16}$/)
    expect(of(1, 'mac', '001a2b3c4d5e')).toBe(of(1, 'mac', '001a2b3c4d5e'))
    expect(of(1, 'mac', '001a2b3c4d5e')).not.toBe(of(2, 'mac', '001a2b3c4d5e'))
    expect(of(1, 'mac', 'x').slice(4)).not.toBe(of(1, 'ip', 'x').slice(3))
  })

  it('are the same for one MAC in each of its spellings', async () => {
    const text = await linesOf(
      '00:1a:2b:3c:4d:5e up',
      '00-1A-2B-3C-4D-5E up',
      '001a.2b3c.4d5e up',
      '001A2B3C4D5E up',
      '00 1a 2b 3c 4d 5e up',
    )
    expect(new Set(text.match(/mac-[a-z2-7]{16}/g))).toHaveProperty('size', 1)
  })

  it('seal their map so that only this site opens it', () => {
    const plain = Buffer.from('device-x = KX-1')
    const sealed = testKeys.seal(plain)
    expect(Buffer.from(sealed).includes('KX-1')).toBe(false)
    expect(Buffer.from(testKeys.open(sealed)).equals(plain)).toBe(true)
    expect(() => siteKeysOf(new Uint8Array(32).fill(9)).open(sealed)).toThrow(
      expect.objectContaining({ code: 'audit.key' }),
    )
  })
})

describe('the k gate', () => {
  const record = (i: number, hall: string) => ({
    table: 'points',
    fields: { device: `KX-${i}`, session: 's', series: 'a', labels: `{"core":"0","hall":"${hall}"}`, seq: i, value: 1 },
  })

  it('merges places of fewer than five devices, and leaves larger groups', async () => {
    const run = await cleaned([
      ...[1, 2, 3, 4, 5].map((i) => record(i, 'north')),
      ...[6, 7].map((i) => record(i, 'south')),
    ])
    const text = textOf(run)
    expect(text.match(/\\"hall\\":\\"north\\"/g)).toHaveLength(5)
    expect(text.match(/\\"hall\\":\\"other\\"/g)).toHaveLength(2)
    expect(text).not.toContain('south')
    expect(run.kHistogram).toEqual([
      { devices: 2, groups: 1 },
      { devices: 5, groups: 1 },
    ])
  })

  it('never merges firmware version and model: a canary of one device stays visible', async () => {
    const fields = {
      session: 's',
      device: 'KX-9',
      model: 'pump-ctl',
      hardware: 'rev-c',
      firmware: '9.9.0-canary',
      kind: 'cold',
    }
    expect(textOf(await cleaned([{ table: 'sessions', fields }]))).toMatch(
      /"firmware":"9.9.0-canary".*"model":"pump-ctl"/,
    )
  })
})

describe('mistakes that others made', () => {
  it('host names that hold an address are gone', async () => {
    expect(await linesOf('lease for dhcp-192-168-0-66 renewed')).not.toContain('192-168')
  })

  it('report, preview rules and clear files name no value', async () => {
    const run = await cleaned([lineOf('mail john@acme.com from 10.0.0.5, password=hunter2x')], linePolicy())
    expect(JSON.stringify(run.report) + textOf(run)).not.toMatch(/john|acme|10\.0\.0\.5|hunter2x|KX-1/)
  })

  it('the map is not among what leaves', async () => {
    const run = await cleaned([lineOf('ok')], linePolicy())
    expect([...run.pseudonymMap.values()]).toEqual(['KX-1'])
    expect(run.tables.map(({ path }) => path)).toEqual(['events.ndjson'])
  })

  it('no option switches a detector off', () => {
    expect(() => policyOf({}, { detectors: { email: 'keep' } })).toThrow(
      expect.objectContaining({ code: 'export.policy' }),
    )
    expect(() => policyOf({}, { detectors: { emial: 'mask' } })).toThrow(
      expect.objectContaining({ code: 'export.policy' }),
    )
  })

  it('version numbers, clock times and hex addresses stay', async () => {
    const line = 'firmware 2.4.1.0 at 12:34:56, pc=0x20001f40, std::vector, part KX1234-56'
    expect(await linesOf(line)).toContain(line)
  })

  it('the order of the records changes no byte', async () => {
    const records = ['user=jsmith in', 'jsmith acknowledged', 'from 10.1.1.1', 'mail jsmith@acme.com'].map((line, i) =>
      lineOf(line, `KX-${i % 2}`),
    )
    const [forth, back] = [await cleaned(records, linePolicy()), await cleaned(records.toReversed(), linePolicy())]
    expect(textOf(back)).toBe(textOf(forth))
    expect(back.report).toEqual(forth.report)
    expect(back.samples).toEqual(forth.samples)
  })

  it('each rule has an id, a version and a count per field', async () => {
    const { report } = await cleaned([lineOf('ping 10.1.1.1')], linePolicy())
    expect(report.detectors.split(' ')).toContain('ipv4@1')
    expect(report.rules).toContainEqual({
      table: 'events',
      field: 'line',
      rule: 'ipv4',
      action: 'pseudonym:ip',
      count: 1,
    })
    expect(report.policyDigest).toBe(linePolicy().digest)
  })
})

describe('a value that was found once', () => {
  it('goes everywhere, also where no rule would have seen it', async () => {
    const text = await linesOf('login: mkeller7', 'mkeller7 acknowledged', 'path x/mkeller7.tmp', 'MKELLER7!')
    expect(text.toLowerCase()).not.toContain('mkeller7')
  })

  it('goes when another field let it slip', async () => {
    const policy = policyOf({ line: { type: 'text', action: 'keep' }, port: { type: 'text', action: 'drop' } })
    const run = await cleaned(
      [{ table: 'events', fields: { device: 'KX-1', port: '/dev/serial/press7', line: 'open /dev/serial/press7 ok' } }],
      policy,
    )
    expect(textOf(run)).not.toContain('press7')
    expect((await scanned(run, policy)).clean).toBe(true)
  })

  it('is noted when two fields that are both dropped hold it', async () => {
    const fields = {
      session: 's',
      device: 'KX-1',
      seq: 1,
      template: 'opened x/y-7788 now',
      line: 'x/y-7788',
      raw: 'x/y-7788',
    }
    expect(textOf(await cleaned([{ table: 'events', fields }]))).not.toContain('y-7788')
  })

  it('does not take a public field or a constant line with it', async () => {
    const run = await cleaned([
      { table: 'sessions', fields: { session: 's', device: 'KX-1', firmware: '2.1.0-rc1', port: '2.1.0-rc1' } },
      {
        table: 'events',
        fields: { session: 's', device: 'KX-1', seq: 1, template: 'booting', line: 'booting', arguments: '[]' },
      },
    ])
    expect(textOf(run)).toMatch(/"firmware":"2.1.0-rc1"/)
    expect(textOf(run)).toMatch(/"template":"booting"/)
    expect((await scanned(run)).clean).toBe(true)
  })
})

describe('a run', () => {
  it('stops when it is told to, and says how far it is', async () => {
    const stop = new AbortController()
    const stages: string[] = []
    const records = Array.from({ length: 5000 }, (_, i) => lineOf(`n ${i}`))
    const work = sanitize(
      { records, policy: defaultPolicy(), site: corpusSite, keys: testKeys.ofKind, rawSalt: 's' },
      {
        signal: stop.signal,
        progress: ({ stage, done = 0 }) => void (stages.push(stage), done > 2000 && stop.abort(new Error('enough'))),
      },
    )
    await expect(work).rejects.toThrow('enough')
    expect(stages.length).toBeLessThan(5)
  })

  it('has a raw root that depends on the records and not on their order', async () => {
    const [a, b, c] = ['x', 'y', 'z'].map((line) => lineOf(line))
    const root = async (...records: (typeof a)[]) =>
      (await cleaned(records.filter((one) => one !== undefined))).report.rawRoot
    expect(await root(a, b)).toBe(await root(b, a))
    expect(await root(a, b)).not.toBe(await root(a, c))
  })
})
