// SPDX-License-Identifier: Apache-2.0
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import type { Verdict } from '../../../shared/verdict.ts'
import { describeCode } from '../describe-code.ts'
import { onDisk } from '../file-trouble.ts'
import { openFile } from '../../station/bundles/open-file.ts'
import type { Opened, Outcome } from '../../station/bundles/open-envelope.ts'
import { verifyBundle, type VerifyContext } from '../../station/bundles/verify.ts'

/** The verdict, and what was judged as far as it could be read: trust it only when accepted. */
export type Judged = Pick<Outcome<FirmwareManifest>, 'verdict' | 'opened'>

/** Judges a file by its path, as an import would; nothing is kept. Errors: `file.unusable`. */
export const verifyFile = async (path: string, context: VerifyContext): Promise<Judged> => {
  const file = onDisk(path, () => openFile(path))
  if (!file.ok) return { verdict: notRegular(file.code) }
  try {
    return await verifyBundle(file.value, context)
  } finally {
    file.value.close()
  }
}

const notRegular = (code: Verdict['code']): Verdict => ({
  verdict: 'refused',
  code,
  checks: [{ id: 'medium', ok: false, code }],
})

/** The verdict for people: one line a question, and what a refusal means. */
export const describeVerdict = ({ verdict, code, checks }: Verdict): string => {
  const lines = checks.map(
    (check) =>
      `${check.ok ? 'ok     ' : 'refused'}  ${[check.id, check.code, check.detail].filter(Boolean).join('  ')}`,
  )
  const end =
    code === undefined
      ? `${verdict}\n`
      : `${verdict}: ${code}\n\n${describeCode(code, checks.find(({ ok }) => !ok)?.facts)}`
  return `${lines.join('\n')}\n${end}`
}

/** What was accepted, for people. */
export const describeAccepted = ({ manifest, digest, signatures }: Opened<FirmwareManifest>): string =>
  [
    `product   ${manifest.vendor} ${manifest.product}, ${manifest.channel}`,
    `version   ${manifest.version}`,
    `manifest  ${digest}`,
    `signed    ${signatures.map(({ role }) => role).join(' ')}`,
    '',
  ].join('\n')
