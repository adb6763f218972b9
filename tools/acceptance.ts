// SPDX-License-Identifier: Apache-2.0
/**
 * `node tools/acceptance.ts` writes docs/ux-acceptance.md anew: every point that the app must hold, and the tests that
 * show it. A test says so at the end of its title: `(ux 24, 25)`.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'

export const acceptanceFile = 'docs/ux-acceptance.md'

/** The points, and the numbers of those that must have a test. */
export const acceptance = JSON.parse(readFileSync('test/vectors/ux-acceptance.json', 'utf8')) as {
  readonly required: readonly number[]
  readonly points: readonly { readonly number: number; readonly group: string; readonly text: string }[]
}

/** A test that shows points. */
export type Shown = { readonly file: string; readonly title: string; readonly points: readonly number[] }

const tagged = /(['"`])((?:(?!\1)[^\n])*) \(ux ([\d, ]+)\)\1/g

/** Every test whose title names points. */
export const shownBy = (): Shown[] =>
  globSync('test/**/*.test.ts')
    .sort()
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(tagged)].map(([, , title = '', numbers = '']) => ({
        file,
        title,
        points: numbers.split(',').map(Number),
      })),
    )

/** The numbers of the points that no test shows. */
export const notShown = (shown: readonly Shown[]): number[] => {
  const seen = new Set(shown.flatMap(({ points }) => points))
  return acceptance.points.map(({ number }) => number).filter((number) => !seen.has(number))
}

const head = `# What the app must hold

Made by \`node tools/acceptance.ts\`; a test fails when it is stale. Every point can be answered with yes or no. A test
that shows a point names it at the end of its title. A test shows what a machine can see: a person who reads with their
ears, wears gloves or stands three metres away is asked beside it.
`

const row = (number: number, text: string, shown: readonly Shown[]): string => {
  const own = shown.filter(({ points }) => points.includes(number))
  const tests = own.map(
    ({ file, title }) => `${file.replace(/^test\/|\.test\.ts$/g, '')}: ${title.replaceAll('|', '\\|')}`,
  )
  return `| ${number} | ${text} | ${tests.length === 0 ? 'not shown yet' : tests.join('<br>')} |`
}

/** The whole document. */
export const acceptanceDocument = (): string => {
  const shown = shownBy()
  const { points } = acceptance
  const sum = `${points.length - notShown(shown).length} of ${points.length} points are shown by a test.\n`
  const groups = [...Map.groupBy(points, ({ group }) => group)].map(([group, own]) => {
    const rows = own.map(({ number, text }) => row(number, text, shown))
    return [`## ${group}\n`, '| | point | shown by |', '| --- | --- | --- |', ...rows, ''].join('\n')
  })
  return [head, sum, ...groups].join('\n')
}

if (import.meta.main) writeFileSync(acceptanceFile, acceptanceDocument())
