// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import type { Verdict } from '../../../shared/verdict.ts'
import { judgeTrustFiles } from '../../station/bundles/trust-files.ts'
import { verifyCertificate } from '../../station/bundles/issued-certificate.ts'
import { peekTrust, type TrustContext } from '../../station/bundles/verify-trust.ts'
import { factsOf, listFolder } from '../../station/platform/files.ts'
import { fileTrouble } from '../file-trouble.ts'
import { openForeign } from './draft.ts'

/** The verdict on one file or on all `.airtrust` files of a folder together. */
export type TrustVerdict = Verdict & {
  /** Version of the policy that is in force behind the last good step. */
  readonly version?: number
  readonly files: readonly { readonly file: string; readonly verdict: string; readonly code?: string }[]
}

/**
 * Judges trust documents as a station would when they lie on a stick, or one station's certificate, as that station would.
 * Errors: `file.unusable`; `policy.absent` for a certificate.
 */
export const verifyTrust = async (path: string, context: TrustContext): Promise<TrustVerdict> => {
  const certificate = await verifyIfCertificate(path, context)
  if (certificate !== undefined) return { ...certificate, files: [{ file: path, ...wordOf(certificate) }] }
  const names =
    factsOf(path)?.kind === 'folder' ? listFolder(path).filter((name) => name.endsWith('.airtrust')) : undefined
  const paths = names?.map((name) => join(path, name)) ?? [path]
  const chain = await judgeTrustFiles(paths, context).catch((error: unknown) => {
    throw fileTrouble(error, path) ?? error
  })
  const version = chain.context.policy?.policy.version
  return {
    ...chain.verdict,
    ...(version === undefined ? {} : { version }),
    files: chain.files.map(({ path: file, verdict }) => ({ file, ...wordOf(verdict) })),
  }
}

const wordOf = ({ verdict, code }: Verdict) => ({ verdict, ...(code === undefined ? {} : { code }) })

/** The verdict on a file that says it is a certificate of a station; undefined: it is none. */
const verifyIfCertificate = async (
  path: string,
  { policy, ...context }: TrustContext,
): Promise<Verdict | undefined> => {
  if (factsOf(path)?.kind !== 'file') return undefined
  const file = openForeign(path)
  try {
    if ((await peekTrust(file))?.kind !== 'airlock.certificate') return undefined
    if (policy === undefined) throw new AirlockError('policy.absent')
    return (await verifyCertificate(file, { ...context, policy })).verdict
  } finally {
    file.close()
  }
}
