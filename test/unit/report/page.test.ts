// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { counted, dayOf, figure, percent } from '../../../main/cli/report/figures.ts'
import { intervalChart, quantileChart, stackChart, ticksOf } from '../../../main/cli/report/html/charts.ts'
import { escaped, markup } from '../../../main/cli/report/html/markup.ts'
import { table } from '../../../main/cli/report/html/table.ts'

const csvOf = (text: string): string => {
  const [, encoded = ''] = /base64,([^"]*)"/.exec(text) ?? []
  return Buffer.from(encoded, 'base64').toString()
}

describe('markup', () => {
  it('shows foreign text as text', () => {
    const evil = `"><script>alert('x')</script>`
    expect(markup`<p title="${evil}">${evil}</p>`.text).not.toMatch(/<script|title="">/)
    expect(escaped('a&b')).toBe('a&amp;b')
  })

  it('shows what hides or turns text round', () => {
    expect(escaped('ok\u202egpj.exe\u200b\u0000')).toBe('ok\ufffdgpj.exe\ufffd\ufffd')
  })

  it('puts markup into markup as it is', () => {
    expect(markup`<ul>${[markup`<li>${1}</li>`, markup`<li>${'<'}</li>`]}</ul>`.text).toBe(
      '<ul><li>1</li><li>&lt;</li></ul>',
    )
  })
})

describe('table', () => {
  it('gives every row as CSV, numbers as they are and formulas as text', () => {
    const rows = Array.from({ length: 150 }, (_, n) => ({
      name: n === 0 ? '=HYPERLINK("x")' : `row "${n}"`,
      count: n / 3,
    }))
    const { text } = table(
      'Some rows',
      [
        { head: 'Name', cell: ({ name }) => name },
        { head: 'Count', number: ({ count }) => count },
      ],
      rows,
    )
    const lines = csvOf(text).split('\r\n')
    expect(lines.slice(0, 3)).toEqual(['"Name","Count"', `"'=HYPERLINK(""x"")",0`, `"row ""1""",${1 / 3}`])
    expect(lines).toHaveLength(152)
    expect(text.match(/<tr>/g)).toHaveLength(101)
    expect(text).toContain('50 more rows in the file')
  })

  it('says so when there is nothing', () => {
    expect(table('Issues', [{ head: 'a', cell: () => 'b' }], []).text).toContain('Issues: nothing to show')
  })
})

describe('charts', () => {
  it('have round ticks inside their range', () => {
    expect(ticksOf(0, 73)).toEqual([0, 20, 40, 60])
    expect(ticksOf(0.91, 1)).toEqual([0.92, 0.94, 0.96, 0.98, 1])
    expect(ticksOf(5, 5)).toEqual([5])
  })

  it('say in words what they show, and escape names', () => {
    const row = { name: '<b>', value: 1, low: 0.5, high: Number.POSITIVE_INFINITY, small: true }
    const drawn = [
      intervalChart('Crashes', [row], { low: 0, high: 2 }).text,
      quantileChart('Heap', [{ name: '<b>', quantiles: [1, 2, 3, 4, 5] }]).text,
      stackChart('Devices', [{ name: '<b>', parts: [1, 0, 2] }]).text,
    ]
    for (const text of drawn) {
      expect(text).toMatch(/role="img" aria-label="(Crashes|Heap|Devices)"/)
      expect(text).not.toMatch(/<b>|NaN|Infinity/)
    }
    expect(drawn[0]).toContain('dot small')
  })
})

describe('figures', () => {
  it('are short and cannot be misread', () => {
    expect([0.012345, 5.678, 123.4, 12345.6, -3995, Number.NaN].map(figure)).toEqual([
      '0.0123',
      '5.68',
      '123',
      '12\u202f346',
      '−3\u202f995',
      '–',
    ])
    expect([percent(0.99999), percent(1), percent(0.5)]).toEqual(['99.9\u202f%', '100.0\u202f%', '50.0\u202f%'])
    expect([dayOf(Date.parse('2026-05-04T23:59:59Z')), dayOf(9e18)]).toEqual(['2026-05-04', '–'])
  })
})

describe('a number with its noun', () => {
  it('is one device, and several devices', () => {
    expect([0, 1, 2].map((n) => counted(n, 'device'))).toEqual(['0 devices', '1 device', '2 devices'])
  })
})
