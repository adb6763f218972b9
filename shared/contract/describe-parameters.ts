// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'

/** As much of JSON Schema as the contract's parameters use. */
type Schema = {
  readonly type?: string | undefined
  readonly format?: string | undefined
  readonly pattern?: string | undefined
  readonly enum?: readonly string[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly minItems?: number | undefined
  readonly maxItems?: number | undefined
  readonly items?: Schema | undefined
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly required?: readonly string[] | undefined
}
const schema: z.ZodType<Schema> = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  get items() {
    return schema.optional()
  },
  get properties() {
    return z.record(z.string(), schema).optional()
  },
  required: z.array(z.string()).optional(),
})

/** ` (1 to 256)`, ` (at least 1)`, or nothing where only the type bounds it. */
const range = (from = 0, to = Number.MAX_SAFE_INTEGER): string => {
  if (to === Number.MAX_SAFE_INTEGER) return from > 0 ? ` (at least ${from})` : ''
  if (from === to) return ` (${from})`
  return from > 0 ? ` (${from} to ${to})` : ` (at most ${to})`
}

const fields = ({ properties = {}, required = [] }: Schema): string => {
  const texts = Object.entries(properties).map(
    ([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${describe(field)}`,
  )
  return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`
}

const describe = (part: Schema): string => {
  if (part.enum !== undefined) return part.enum.map((word) => `"${word}"`).join(' or ')
  switch (part.type ?? '') {
    case 'object':
      return fields(part)
    case 'array':
      return `list${range(part.minItems, part.maxItems)} of ${describe(part.items ?? {})}`
    case 'integer':
      return `whole number${part.minimum === 0 ? ' (at least 0)' : range(part.minimum, part.maximum)}`
    case 'string':
      if (part.format === 'uuid') return 'UUID'
      if (part.pattern === '^[0-9a-f]{64}$') return '64 hex digits'
      return part.pattern === undefined ? `text${range(part.minLength, part.maxLength)}` : `text like ${part.pattern}`
    default:
      return part.type ?? 'anything'
  }
}

/** What a call takes, in one line for reading: `{ driveId: text, limit: whole number (1 to 500) }`; `?` may be left out. */
export const describeParameters = (params: z.ZodType): string =>
  describe(schema.parse(z.toJSONSchema(params, { io: 'input' })))
