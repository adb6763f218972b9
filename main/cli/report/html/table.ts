// SPDX-License-Identifier: Apache-2.0
import { dayOf, figure } from '../figures.ts'
import { markup, none, type Html } from './markup.ts'

/** A column of numbers, of days (ms UTC), or of anything else; `value` goes into the CSV where a cell is no plain text. */
export type Column<T> =
  | { readonly head: string; readonly number: (row: T) => number }
  | { readonly head: string; readonly day: (row: T) => number }
  | {
      readonly head: string
      readonly cell: (row: T) => string | Html
      readonly value?: (row: T) => string | number
      readonly numeric?: boolean
    }

/** Rows that a page shows; the CSV has them all. */
const shownRows = 100

/** A table with a caption and all of its rows as CSV behind a link: the file carries its own data. */
export const table = <T>(caption: string, columns: readonly Column<T>[], rows: readonly T[]): Html => {
  if (rows.length === 0) return markup`<p class="empty">${caption}: nothing to show.</p>`
  const heads = columns.map((column) => markup`<th scope="col"${classOf(column)}>${column.head}</th>`)
  const shown = rows.slice(0, shownRows)
  const body = shown.map(
    (row) =>
      markup`<tr>
        ${columns.map((column, index) => cellOf(column, row, index === 0))}
      </tr>`,
  )
  const rest = rows.length - shown.length
  return markup`<div class="table">
      <table>
        <caption>${caption}</caption>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
    <p class="below">
      ${rest > 0 ? `${rest} more rows in the file. ` : ''}<a download="${fileName(caption)}" href="${csvLink(columns, rows)}">Save as CSV</a>
    </p>`
}

const classOf = <T>(column: Column<T>): Html => {
  if ('day' in column) return markup` class="d"`
  return 'number' in column || column.numeric === true ? markup` class="n"` : none
}

const shownIn = <T>(column: Column<T>, row: T): string | Html => {
  if ('day' in column) return dayOf(column.day(row))
  return 'number' in column ? figure(column.number(row)) : column.cell(row)
}

const cellOf = <T>(column: Column<T>, row: T, first: boolean): Html => {
  const shown = shownIn(column, row)
  const mark = classOf(column)
  return first ? markup`<th scope="row"${mark}>${shown}</th>` : markup`<td${mark}>${shown}</td>`
}

const fileName = (caption: string): string => `${caption.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`

const csvLink = <T>(columns: readonly Column<T>[], rows: readonly T[]): string => {
  const lines = [
    columns.map(({ head }) => field(head)),
    ...rows.map((row) => columns.map((column) => field(valueOf(column, row)))),
  ]
  const text = lines.map((line) => `${line.join(',')}\r\n`).join('')
  return `data:text/csv;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`
}

const valueOf = <T>(column: Column<T>, row: T): string | number => {
  if ('number' in column) return column.number(row)
  if ('value' in column && column.value !== undefined) return column.value(row)
  const shown = shownIn(column, row)
  return typeof shown === 'string' ? shown : ''
}

/** A quoted field. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
const field = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `"${value.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`
