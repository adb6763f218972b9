// SPDX-License-Identifier: Apache-2.0
import type { ErrorDetails } from '../errors.ts'

const place = /\{(\w+)\}/g

/**
 * A text of the catalogue with its facts: `{name}` becomes what `say` makes of the fact of that name (undefined: not
 * known), and what stands in `[…]` is left out unless all of its facts are known.
 */
export const fillText = (
  text: string,
  details: ErrorDetails,
  say: (name: string, fact: ErrorDetails[string] | undefined) => string,
): string =>
  text
    .replace(/\[([^\]]*)\]/g, (_whole, part: string) =>
      [...part.matchAll(place)].every(([, name = '']) => Object.hasOwn(details, name)) ? part : '',
    )
    .replace(place, (_whole, name: string) => say(name, Object.hasOwn(details, name) ? details[name] : undefined))
