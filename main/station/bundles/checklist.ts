// SPDX-License-Identifier: Apache-2.0
import type { Check, Verdict } from '../../../shared/verdict.ts'
import type { Fault } from '../trust/standing.ts'
import type { Answer } from './answer.ts'

/** Something that people should know of a question whose answer is still yes; `exception`: by whose decision it is. */
export type Remark = { readonly remark: string; readonly exception?: string }

/** A fault, unless two people have made an exception for it: then a remark that names it. */
export const unlessExcepted = (found: Fault | undefined, exception: string | undefined): Fault | Remark | undefined =>
  found === undefined || exception === undefined ? found : { remark: found.detail ?? found.code, exception }

/** A question with a stable id. `ask` gives the fault, a remark for people (the answer is still yes), or nothing. */
export type Question = {
  readonly id: string
  readonly ask: () => Fault | Remark | undefined
}

/** The questions asked so far. After the first fault nobody asks on: it is the verdict's code. */
export type Checklist = {
  /** Notes the answer; false for a fault. */
  readonly passes: (id: string, answer: ReturnType<Question['ask']>) => boolean
  /** The same for an answer that carries a value. */
  holds<T>(id: string, answer: Answer<T>): answer is { readonly ok: true; readonly value: T }
  verdict(): Verdict
}

/** An empty list. */
export const startChecklist = (): Checklist => {
  const checks: Check[] = []
  const passes: Checklist['passes'] = (id, answer) => {
    if (answer === undefined) checks.push({ id, ok: true })
    else if ('remark' in answer) {
      const { remark: detail, exception } = answer
      checks.push({ id, ok: true, detail, ...(exception === undefined ? {} : { exception }) })
    } else
      checks.push({
        id,
        ok: false,
        code: answer.code,
        ...(answer.detail === undefined ? {} : { detail: answer.detail }),
        ...(answer.facts === undefined ? {} : { facts: answer.facts }),
      })
    return checks.at(-1)?.ok === true
  }
  return {
    passes,
    holds: <T>(id: string, answer: Answer<T>): answer is { readonly ok: true; readonly value: T } =>
      passes(id, answer.ok ? undefined : answer),
    verdict() {
      const refusal = checks.find(({ ok }) => !ok)
      return refusal?.code === undefined
        ? { verdict: 'accepted', checks: [...checks] }
        : { verdict: 'refused', code: refusal.code, checks: [...checks] }
    },
  }
}
