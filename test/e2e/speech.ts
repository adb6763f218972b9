// SPDX-License-Identifier: Apache-2.0
/** The page's texts as a test says them, in each language; and a language that nobody speaks, to see what does not fit. */
import { setupI18n } from '@lingui/core'
import { join } from 'node:path'
import { build } from 'vite'
import { compile } from '../../renderer/text/compile.ts'
import { de } from '../../renderer/text/de.ts'
import { en, type TextKey } from '../../renderer/text/en.ts'
import { en as errors } from '../../shared/text/en.ts'

export type Language = 'en' | 'de' | 'pseudo'
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

const accents: Readonly<Record<string, string>> = { a: 'å', e: 'ë', i: 'ï', o: 'ø', u: 'ü', c: 'ç', n: 'ñ', s: 'š' }

/** A text 40 % longer, with marks: what stands on the page without them was never in a catalogue. */
const longer = (text: string): string => {
  let depth = 0
  const letters = Array.from(text, (letter) => {
    if (letter === '{') depth += 1
    if (letter === '}') depth -= 1
    return depth === 0 ? (accents[letter] ?? letter) : letter
  })
  const plain = text.replaceAll(/\{[^}]*\}*/g, '').length
  const more = Math.max(1, Math.ceil(plain * 0.4))
  return `${letters.join('')}${'~~~~~ '
    .repeat(Math.ceil(more / 6))
    .slice(0, more)
    .trimEnd()}`
}

/** Every text of a tree, longer. */
const stretched = (value: unknown): unknown => {
  if (typeof value === 'string') return longer(value)
  if (Array.isArray(value)) return value.map(stretched)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, stretched(one)]))
}

const pseudo = stretched(en) as Readonly<Record<TextKey, string>>
export const catalogues: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, de, pseudo }

/** What the page says for a key, in a language. */
export const speech = (language: Language): Say => {
  const i18n = setupI18n()
  const texts = Object.entries(catalogues[language]).map(([key, text]) => [key, compile(text)] as const)
  i18n.load(language === 'pseudo' ? 'en' : language, Object.fromEntries(texts))
  i18n.activate(language === 'pseudo' ? 'en' : language)
  return (key, values = {}) => i18n._(key, values)
}

const root = join(import.meta.dirname, '../..')
const replaced: Readonly<Record<string, unknown>> = {
  'renderer/text/en.ts': pseudo,
  'shared/text/en.ts': stretched(errors),
}

/** Where the page in the stretched language lies. */
export const pseudoFolder = join(root, 'out/pseudo')

/** Builds the page with the stretched texts in the place of the English ones. */
export const buildPseudoPage = async (): Promise<void> => {
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      root: join(root, 'renderer'),
      configFile: join(root, 'vite.config.ts'),
      build: { outDir: pseudoFolder },
      plugins: [
        {
          name: 'pseudo-language',
          enforce: 'pre',
          load(id) {
            const texts = replaced[id.slice(root.length + 1)]
            return texts === undefined ? null : `export const en = ${JSON.stringify(texts)}`
          },
        },
      ],
    })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}
