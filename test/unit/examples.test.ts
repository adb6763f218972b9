// SPDX-License-Identifier: Apache-2.0
/** The pipelines of docs/examples are thin: every stage is one call of ci.sh, which test/integration/guides.test.ts runs. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const example = (name: string): string => readFileSync(`docs/examples/${name}`, 'utf8')
const script = example('ci.sh')
const all = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, found]) => found ?? ''))].sort()
const stages = all(script, /^ {2}([a-z]+)\) /gm)
/** Set by the script's caller, or checked by it: `${NAME:?…}` and PORT. */
const wanted = [...all(script, /\$\{([A-Z_]+):\?/g), 'PORT']

describe.each(['gitlab-ci.yml', 'github-actions.yml'])('%s', (name) => {
  const pipeline = example(name)

  it('calls every stage of the script, and no other', () => {
    expect(stages).toEqual(['check', 'pack', 'qa', 'release', 'test'])
    expect(all(pipeline, /ci\.sh ([a-z]+)/g)).toEqual(stages)
  })

  it('gives every variable that the script asks for', () => {
    expect(wanted.length).toBeGreaterThan(10)
    expect(wanted.filter((variable) => !new RegExp(`\\b${variable}\\b`).test(pipeline))).toEqual([])
  })
})
