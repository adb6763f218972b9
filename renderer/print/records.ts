// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'

export type RunRecord = Result<Contract, 'records.get'>
export type RunLine = RunRecord['run']
export type RecordDevice = RunRecord['devices'][number]

/** What a label says of a device: only one that was updated has all of it. */
export type LabelOf = {
  readonly jobId: string
  readonly serial: string
  readonly endedAt: number
  readonly entry: number
}

/** The labels of a run, one for each device that was updated. */
export const labelsOf = ({ devices }: RunRecord): readonly LabelOf[] =>
  devices.flatMap(({ state, jobId, serial, endedAt, entry }) =>
    state === 'updated' && jobId !== null && serial !== null && endedAt !== null && entry !== null
      ? [{ jobId, serial, endedAt, entry }]
      : [],
  )
