// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { documentChanges } from '../../../shared/formats/document-changes.ts'
import { inspectEnvelope } from '../bundle/inspect.ts'
import type { Command } from '../command.ts'
import { describeChanges } from '../describe-changes.ts'
import { parseWords } from '../words.ts'

/** Shows what differs between two envelopes. Errors: `usage`, `file.unusable`, `container.*`, `manifest.*`. */
export const bundleDiff: Command = {
  name: 'bundle diff',
  summary: 'show what differs between two bundles, policies or recall lists',
  usage: `airlock bundle diff OLD NEW [--json]
  Compares the signed manifests; a payload differs where its digest does. Nothing is judged by a policy.`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    const [old, now, more] = positionals
    if (old === undefined || now === undefined || more !== undefined)
      throw new AirlockError('usage', { why: 'two files are needed' })
    const [before, after] = [inspectEnvelope(old), inspectEnvelope(now)]
    const changes = documentChanges(before.manifest, after.manifest)
    // Another signature is no other bundle: the manifest's digest is what a bundle is called by.
    const same = before.digest === after.digest
    io.out(
      values.json
        ? `${JSON.stringify({ same, old: before.digest, new: after.digest, changes })}\n`
        : `${same ? 'the same manifest\n' : describeChanges(changes)}`,
    )
    return 0
  },
}
