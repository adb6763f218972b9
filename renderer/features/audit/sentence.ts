// SPDX-License-Identifier: Apache-2.0
/** An entry as a plain sentence: pure. */
import type { Shape, Tone } from '../../components/icons.ts'
import { en, type TextKey } from '../../text/en.ts'

/** The catalogue's key for an action, where it knows one. */
export const actionKey = (action: string): TextKey | undefined => {
  const key = `act.${action}`
  return isTextKey(key) ? key : undefined
}

const isTextKey = (key: string): key is TextKey => Object.hasOwn(en, key)

/** How an outcome looks: shape and tone; the word comes from the catalogue. */
export const outcomeLook = {
  ok: { shape: 'done', tone: 'good' },
  refused: { shape: 'notSuitable', tone: 'attention' },
  failed: { shape: 'triangle', tone: 'bad' },
} as const satisfies Record<string, { shape: Shape; tone: Tone }>

/** An id as a list shows it: the first eight characters of what nobody reads, a name as it is. */
export const shortId = (id: string): string => (/^[0-9a-f-]{32,}$/.test(id) ? id.slice(0, 8) : id)

/** A leaf's text, indented for reading; exactly as it is where it is no JSON. */
export const readable = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
