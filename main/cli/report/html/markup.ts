// SPDX-License-Identifier: Apache-2.0
/** Text that is known to be markup. Only `markup` makes it, and it escapes whatever is not. */
export type Html = { readonly text: string }

type Part = Html | string | number | readonly Html[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that no text needs and that can hide or turn round what stands beside them. */
const unseen = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** A foreign text as data: in an element or in a quoted attribute it means itself. */
export const escaped = (text: string): string =>
  text.replaceAll(unseen, '\ufffd').replaceAll(/[&<>"']/g, (char) => entities[char] ?? '')

const rendered = (part: Part): string => {
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  return 'text' in part ? part.text : part.map(({ text }) => text).join('')
}

/** Markup with values in it; every string value is escaped. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  text: texts.map((text, index) => `${text}${index < parts.length ? rendered(parts[index] ?? '') : ''}`).join(''),
})

/** Nothing. */
export const none: Html = { text: '' }
