// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { readPolicy } from '../../main/cli/bundle/context.ts'
import { importArchives } from '../../main/cli/lake/import-archives.ts'
import { openLake } from '../../main/cli/lake/lake.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { tableNames, type TableName } from '../../shared/formats/telemetry-archive.ts'
import { tableColumns, type ColumnType } from '../../shared/formats/telemetry-rows.ts'
import { makeRecipient, makeStation, writeTrust, type Row, type Tables } from '../support/archive.ts'
import { tempFolder } from '../support/temp-folder.ts'

const valueOf = {
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('', 'null', '{}', 'a\nb', "it's", '1e5'),
  ),
  whole: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 })),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }),
} as const satisfies Record<ColumnType, fc.Arbitrary<string | number>>

const arbitraryOf = (type: ColumnType): fc.Arbitrary<string | number> => valueOf[type]

const rowOf = (table: TableName): fc.Arbitrary<Row> => {
  const fields = Object.entries(tableColumns[table]).map(
    ([name, type]) => [name, fc.option(arbitraryOf(type))] as const,
  )
  return fc.record<Row>(Object.fromEntries(fields), { requiredKeys: [] })
}

const tables: fc.Arbitrary<Tables> = fc.record(
  Object.fromEntries(tableNames.map((name) => [name, fc.array(rowOf(name), { maxLength: 8 })])),
  { requiredKeys: ['points'] },
)

const counted = z.object({ tbl: z.string(), n: z.number() })

it('any clear tables come back from an archive with the same values in the same number of rows', async () => {
  const recipient = await makeRecipient()
  await fc.assert(
    fc.asyncProperty(tables, async (given) => {
      const folder = tempFolder()
      const { policy } = writeTrust(folder, recipient)
      const file = join(folder, 'a.airtlm')
      await makeStation(recipient.recipient).write(file, given)
      const lake = await openLake(join(folder, 'lake'))
      const rules = { policy: readPolicy(policy), sanitization: [], now: Date.parse('2026-06-01T12:00:00Z') }
      const [result] = await importArchives([file], {
        lake,
        rules,
        identities: [recipient.identity],
        gapReason: null,
        log: silentLog,
      })
      const rows = await lake.all(counted, 'SELECT tbl, sum(rows)::DOUBLE AS n FROM file GROUP BY tbl')
      const paths = await lake.all(z.object({ path: z.string() }), `SELECT path FROM file WHERE tbl = 'points'`)
      const values = await Promise.all(
        paths.map(({ path }) =>
          lake.all(
            z.object({ value: z.number().nullable() }),
            `SELECT value FROM read_parquet('${join(lake.folder, path)}')`,
          ),
        ),
      )
      lake.close()
      expect(result).toMatchObject({ verdict: 'accepted' })
      const expected = Object.entries(given).filter(([, list]) => list !== undefined && list.length > 0)
      expect(new Map(rows.map(({ tbl, n }) => [tbl, n]))).toEqual(
        new Map(expected.map(([tbl, list]) => [tbl, list?.length])),
      )
      const sorted = (list: (number | null)[]) =>
        list.map((value) => value ?? Number.NEGATIVE_INFINITY).sort((a, b) => a - b)
      const wanted = (given.points ?? []).map(({ value }) =>
        // Canonical JSON has one zero.
        typeof value === 'number' ? value || 0 : null,
      )
      expect(sorted(values.flat().map(({ value }) => value))).toEqual(sorted(wanted))
    }),
    { numRuns: 25 },
  )
})
