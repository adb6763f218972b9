// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { Verdict } from '../../../shared/verdict.ts'
import { judgeTrustFiles } from '../../station/bundles/trust-files.ts'
import type { TrustContext } from '../../station/bundles/verify-trust.ts'
import { fileTrouble } from '../file-trouble.ts'
import { factsOf, listFolder } from '../../station/platform/files.ts'

/** The verdict on one file or on all `.airtrust` files of a folder together. */
export type TrustVerdict = Verdict & {
  /** Version of the policy that is in force behind the last good step. */
  readonly version?: number
  readonly files: readonly { readonly file: string; readonly verdict: string; readonly code?: string }[]
}

/** Judges trust documents as a station would when they lie on a stick. Errors: `file.unusable`. */
export const verifyTrust = async (path: string, context: TrustContext): Promise<TrustVerdict> => {
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
    files: chain.files.map(({ path: file, verdict: { verdict, code } }) => ({
      file,
      verdict,
      ...(code === undefined ? {} : { code }),
    })),
  }
}
