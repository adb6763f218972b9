// SPDX-License-Identifier: Apache-2.0
import type { SanitizationPolicy } from './policy.ts'
import { detect, type Exempt } from './detect.ts'
import { detectorIds } from './detectors/all.ts'
import { splice } from './known.ts'
import type { Lexicon } from './lexicon.ts'
import type { Pseudonyms } from './pseudonym.ts'
import type { RuleCount, Tally } from './report.ts'
import { noteFound, type FoundValues } from './secrets-found.ts'

/** What a run works with. */
export type Run = {
  readonly policy: SanitizationPolicy
  readonly lexicon: Lexicon
  readonly pseudonyms: Pseudonyms
  readonly tally: Tally
  readonly values: FoundValues
}

/** A string after its detectors: what is left of it, and the counters of the rules that acted. */
export type CleanString = { readonly text: string; readonly counters: readonly RuleCount[] }

const form = detectorIds.filter((id) => id !== 'dictionary' && id !== 'registry' && id !== 'domain' && id !== 'known')
const exemptions: Readonly<Record<string, Exempt>> = {
  // A digest looks like a key and a version like an address; that they have the form of one was checked before.
  hash: new Set(form),
  version: new Set(['ipv4', 'ipv4-name', 'mac-bare', 'fqdn', 'entropy', 'encoded']),
}
const noCounters: readonly RuleCount[] = []

/** Runs the detectors over one string of a field and replaces what they find by mask or pseudonym. */
export const cleanString = (run: Run, table: string, field: string, type: string, raw: string): CleanString => {
  const { text, findings } = detect(raw, run.lexicon, exemptions[type])
  if (findings.length === 0) return { text, counters: noCounters }
  const counters: RuleCount[] = []
  const spans = findings.map(({ start, end, rule, value }, index) => {
    const action = run.policy.detectors[rule] ?? 'mask'
    const replacement = action === 'mask' ? `[${rule}]` : run.pseudonyms.of(action.slice('pseudonym:'.length), value)
    const counter = run.tally.counter(table, field, rule, action)
    // One place may be found twice, as a word and as a whole entry: it counts once.
    if (!findings.some((other, at) => at < index && other.rule === rule && other.start < end && start < other.end))
      counters.push(counter)
    // Words of the dictionary are looked for as whole tokens, by the leak scan too; everything else verbatim.
    if (rule !== 'dictionary') {
      noteFound(run.values, text.slice(start, end), replacement)
      noteFound(run.values, value, replacement)
    }
    return { start, end, replacement }
  })
  return { text: splice(text, spans).text, counters }
}
