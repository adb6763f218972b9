// SPDX-License-Identifier: Apache-2.0
import { join, resolve } from 'node:path'
import { factsOf, writeDurable } from '../../station/platform/files.ts'
import type { Command } from '../command.ts'
import { unusable } from '../file-trouble.ts'
import { openLake } from '../lake/lake.ts'
import { reportPage } from '../report/html/page.ts'
import { jsonOf } from '../report/json.ts'
import { readReport } from '../report/report.ts'
import { needed, parseWords } from '../words.ts'

const report: Command = {
  name: 'fleet report',
  summary: 'make one HTML file that says how each firmware version does',
  usage: `airlock fleet report --lake FOLDER --out FILE.html [--json]
  The file needs no network and no other file. --json prints the same numbers.`,
  async run(words, io) {
    const { values } = parseWords({
      args: words,
      options: { json: { type: 'boolean', default: false }, lake: { type: 'string' }, out: { type: 'string' } },
    })
    const folder = resolve(needed(values.lake, 'lake'))
    const out = resolve(needed(values.out, 'out'))
    if (factsOf(join(folder, 'lake.duckdb')) === undefined) throw unusable(folder, 'it holds no lake')
    const lake = await openLake(folder)
    try {
      const found = await readReport(lake, io.clock.now())
      writeDurable(out, reportPage(found))
      const sentences = found.comparisons.map(({ model, sentence }) => `${model}: ${sentence}\n`)
      io.out(values.json ? `${JSON.stringify({ out, ...jsonOf(found) })}\n` : `${sentences.join('')}${out}\n`)
      return 0
    } finally {
      lake.close()
    }
  },
}

/** `airlock fleet …` */
export const fleetCommands: readonly Command[] = [report]
