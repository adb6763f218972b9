// SPDX-License-Identifier: Apache-2.0
/** `node tools/station-calls.ts` writes the tables of docs/station-calls.md anew from the contract. */
import { writeFileSync } from 'node:fs'
import { contract } from '../shared/contract/contract.ts'
import { describeParameters } from '../shared/contract/describe-parameters.ts'
import type { CallRow, StreamRow } from '../shared/rpc/contract-table.ts'

export const callsFile = 'docs/station-calls.md'

const head = `# What can be asked of a station

Made from the contract by \`node tools/station-calls.ts\`; a test fails when it is stale. The app and the command line make
the same calls: \`airlock station call NAME JSON\`, or lines for \`airlock station run\`
([the operator's guide](guides/operator.md) goes through them in order). \`airlock station call --list\` prints the names.

Who may: a role, \`anyone\` who is signed in (\`owing\` also while the password has to be changed first), \`signed-out\` before that, \`setup\` while the station has no people. An entry
is one of the audit log. \`?\` behind a parameter: it may be left out. Times are milliseconds UTC. A stream tells what
changes until it ends; \`station call\` and \`"wait":true\` follow it for the jobs that they start. Results are parsed by
the same contract: \`shared/contract\`.
`

const part = (name: string, row: CallRow | StreamRow): string => {
  const entry = row.kind === 'call' && row.audit === 'entry' ? 'leaves an entry' : 'leaves no entry'
  return `### ${name}

- who may: ${row.roles.join(', ')}
- ${row.kind}, ${entry}
- parameters: \`${describeParameters(row.params)}\`
`
}

/** The whole document. */
export const callsDocument = (): string => {
  const rows: [string, CallRow | StreamRow][] = Object.entries(contract)
  const groups = Map.groupBy(rows, ([name]) => name.split('.')[0] ?? '')
  const parts = [...groups].map(([group, own]) => `## ${group}\n\n${own.map((row) => part(...row)).join('\n')}`)
  return [head, ...parts].join('\n')
}

if (import.meta.main) writeFileSync(callsFile, callsDocument())
