// SPDX-License-Identifier: Apache-2.0
import { readJsonFile, readPolicyDocument, readRecallDocument, stateOf } from '../bundle/context.ts'
import { describeVerdict } from '../bundle/verify.ts'
import { verifyTrust } from '../bundle/verify-trust.ts'
import type { Command } from '../command.ts'
import { onlyWord, parseWords } from '../words.ts'

/** Judges policy steps and recall lists. */
export const trustVerify: Command = {
  name: 'trust verify',
  summary: 'judge trust policy steps and recall lists as a station would',
  usage: `airlock trust verify FILE.airtrust|FOLDER [--policy FILE] [--recall FILE] [--state FILE.json] [--json]
  --policy  the policy in force; without it a policy is judged as a site's first    --recall  the recall list known
  A folder is judged together: every step between, by version; "version" is the one reached.`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        recall: { type: 'string' },
        state: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const found = await verifyTrust(onlyWord(positionals), {
      policy: values.policy === undefined ? undefined : readPolicyDocument(values.policy),
      recall: values.recall === undefined ? undefined : readRecallDocument(values.recall),
      clock: stateOf(values.state === undefined ? {} : readJsonFile(values.state), io.clock.now()),
    })
    const version = found.version === undefined ? '' : `policy version ${found.version}\n`
    io.out(values.json ? `${JSON.stringify(found)}\n` : `${describeVerdict(found)}${version}`)
    return found.verdict === 'accepted' ? 0 : 1
  },
}
