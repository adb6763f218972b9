// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Leaf } from './leaf.ts'

const said = z.object({
  product: z.string().optional().catch(undefined),
  version: z.union([z.string(), z.int()]).optional().catch(undefined),
  device: z.string().nullish().catch(undefined),
  name: z.string().optional().catch(undefined),
  file: z.string().optional().catch(undefined),
  folder: z.string().optional().catch(undefined),
  site: z.string().optional().catch(undefined),
})

/** Kinds of objects whose id is what people call them. */
const named = ['device', 'port']

/** What an entry speaks of as people call it: a name, a serial number, a file, a version. Null: nothing but an id is known. */
export const thingOf = ({ object, after }: Pick<Leaf, 'object' | 'after'>): string | null => {
  if (named.includes(object.type)) return object.id
  const facts = said.safeParse(after)
  if (!facts.success) return null
  const { product, version, device, name, file, folder, site } = facts.data
  const release = product === undefined ? undefined : `${product} ${version ?? ''}`.trim()
  return device ?? name ?? release ?? file ?? folder ?? site ?? (version === undefined ? null : String(version))
}
