// SPDX-License-Identifier: Apache-2.0

/** One place where two documents differ. `from` or `to` is null where the place is absent. */
export type Change = { readonly path: string; readonly from: string | null; readonly to: string | null }

/** Fields that name an element of a list: it is found again wherever it stands. */
const nameFields = ['spki', 'id', 'path', 'model', 'component'] as const

/** What differs between two JSON documents, by the order of the paths: `roles.release.keys[ab12…].validUntil`. */
export const documentChanges = (before: unknown, after: unknown): readonly Change[] => {
  const [old, now] = [new Map(leavesOf(before)), new Map(leavesOf(after))]
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .toSorted()
    .map((path) => ({ path, from: old.get(path) ?? null, to: now.get(path) ?? null }))
}

const leavesOf = (value: unknown, path = ''): [string, string][] => {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  if (!Array.isArray(value)) return fieldsOf(value, path)
  const items: unknown[] = value
  const scalars = items.every((item) => typeof item !== 'object' || item === null)
  if (scalars) return [[path, items.join(' ')]]
  return items.flatMap((item, n) => {
    const name = nameOf(item)
    if (name === undefined) return leavesOf(item, `${path}[${n}]`)
    // The name stands in the path: as a field it would say the same again.
    return leavesOf(item, `${path}[${name.text}]`).filter(([at]) => at !== `${path}[${name.text}].${name.field}`)
  })
}

const fieldsOf = (value: object, path: string): [string, string][] =>
  Object.entries(value).flatMap(([key, field]) => leavesOf(field, path === '' ? key : `${path}.${key}`))

const nameOf = (item: unknown): { field: string; text: string } | undefined => {
  if (typeof item !== 'object' || item === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(item))
  for (const field of nameFields) {
    const text = fields.get(field)
    if (typeof text === 'string') return { field, text }
  }
  return undefined
}
