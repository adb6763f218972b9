// SPDX-License-Identifier: Apache-2.0
import type { Messages } from '@lingui/core'

type CompiledMessage = Messages[string]
type Token = Exclude<CompiledMessage, string>[number]

/** The index behind the brace that closes the one at `open`. */
const behind = (text: string, open: number): number => {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    else if (text[at] === '}' && --depth === 0) return at + 1
  }
  throw new SyntaxError(`no closing brace in ${text}`)
}

const casesOf = (text: string): Record<string, CompiledMessage> => {
  const cases: Record<string, CompiledMessage> = {}
  for (let at = text.indexOf('{'), from = 0; at >= 0; at = text.indexOf('{', from)) {
    const end = behind(text, at)
    // Lingui knows an exact number by the number itself.
    cases[text.slice(from, at).trim().replace('=', '')] = compile(text.slice(at + 1, end - 1), true)
    from = end
  }
  return cases
}

const tokenOf = (inside: string): Token => {
  const [name = '', kind, ...rest] = inside.split(',')
  return kind?.trim() === 'plural' ? [name.trim(), 'plural', casesOf(rest.join(','))] : [name.trim()]
}

/** Compiles the part of ICU messages that the catalogues use: `{name}` and `{n, plural, one {# …} other {# …}}`. */
export const compile = (text: string, inPlural = false): CompiledMessage => {
  const tokens: Token[] = []
  const plain = (part: string): void => {
    if (part === '') return
    if (inPlural) tokens.push(...part.split(/(#)/).filter((piece) => piece !== ''))
    else tokens.push(part)
  }
  let from = 0
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
    const end = behind(text, at)
    plain(text.slice(from, at))
    tokens.push(tokenOf(text.slice(at + 1, end - 1)))
    from = end
  }
  plain(text.slice(from))
  return tokens
}
