// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'

/** The part of an in-toto statement that is asked for: the digests of what it speaks of. */
const statementSchema = z.object({
  _type: z.enum(['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1']),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })),
})

/** A DSSE envelope: the statement in base64 with signatures that are not looked at, since the bundle's cover it. */
const dsseSchema = z.object({ payloadType: z.literal('application/vnd.in-toto+json'), payload: z.base64() })

/** Largest provenance that is parsed, in bytes; it is held in memory. */
export const provenanceBytes = 4_194_304

/**
 * SHA-256 digests of a provenance's subjects, plain or in a DSSE envelope; undefined: it is no in-toto statement.
 * Its own digest was right before it is parsed.
 */
export const provenanceSubjects = (content: Uint8Array): readonly string[] | undefined => {
  const outer = parseJson(content)
  const dsse = dsseSchema.safeParse(outer)
  const statement = statementSchema.safeParse(
    dsse.success ? parseJson(Buffer.from(dsse.data.payload, 'base64')) : outer,
  )
  if (!statement.success) return undefined
  return statement.data.subject.flatMap(({ digest }) => digest['sha256'] ?? [])
}

const parseJson = (content: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(content))
  } catch {
    return undefined
  }
}
