// SPDX-License-Identifier: Apache-2.0
import { errorCodes, type ErrorCode } from '../../shared/error-codes.ts'
import type { ErrorDetails } from '../../shared/errors.ts'
import { en } from '../../shared/text/en.ts'
import { fillText } from '../../shared/text/fill.ts'

/** `{port}` in a text becomes the fact of that name; a fact that is missing leaves its name. */
const fill = (text: string, details: ErrorDetails): string =>
  fillText(text, details, (name, fact) => String(fact ?? name))

/** What a person reads for a code: number, what happened, the state now, the next steps; one line each. */
export const describeCode = (code: ErrorCode, details: ErrorDetails = {}): string => {
  const { headline, state, next } = en[code]
  const steps = next.map((step, n) => (next.length === 1 ? step : `${n + 1}. ${step}`))
  const lines = [`AL-${errorCodes[code].number} ${code}: ${headline}`, state, ...steps]
  return lines.map((line) => `${fill(line, details)}\n`).join('')
}
