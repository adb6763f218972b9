// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import type { Contract } from '../../shared/contract/contract.ts'
import type { recordCalls } from '../../shared/contract/record-calls.ts'
import { canonicalBytes } from '../../shared/formats/canonical-json.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { stationActor } from './audit/entry.ts'
import { signersOf } from './bundles/signers.ts'
import { getRun, listRuns, peopleOf, targetsOf, type RunRow, type TargetRow } from './campaigns/run-rows.ts'
import type { Caller } from './caller.ts'
import { toRow } from './look-handlers.ts'
import type { Parts } from './parts.ts'

type RecordHandlers = Pick<Handlers<Contract, Caller>, keyof typeof recordCalls>

/** Entries of one run or one device that a record names: a run has one for each thing that people did with it. */
const mostEntries = 500

const toLine = ({ id, bundle, product, version, startedAt, endedAt }: RunRow, targets: readonly TargetRow[]) => ({
  id,
  bundle,
  product,
  version,
  startedAt,
  endedAt,
  devices: targets.length,
  updated: targets.filter(({ state }) => state === 'updated').length,
})

/** Every target with what the log says of its end; a device that came back to the line has its newest job here. */
const toDevice = ({ search }: Parts, target: TargetRow, number: number | undefined) => {
  const { state, serial, model, hardware, versionBefore: from, code, details, startedAt, endedAt, job } = target
  const [end] = job === null ? [] : search.page({ action: 'flash.end', objectId: job }, 1)
  return {
    port: number ?? null,
    state,
    serial,
    model,
    hardware,
    from,
    code,
    details,
    startedAt,
    endedAt,
    by: target.actor.name,
    jobId: job,
    entry: end?.seq ?? null,
  }
}

/** Records of runs. */
export const recordHandlers = (parts: Parts): RecordHandlers => {
  const { store, search, portNumbers } = parts
  return {
    'records.list': ({ limit }) => ({
      runs: listRuns(store.read, limit).map((run) => toLine(run, targetsOf(store.read, run.id))),
    }),
    'records.get': ({ id }) => {
      const row = getRun(store.read, id)
      const targets = targetsOf(store.read, id)
      const numbers = new Map(portNumbers.see(stationActor, []).map(({ place, number }) => [place, number]))
      const record = {
        run: toLine(row, targets),
        people: peopleOf(store.read, id).map(({ name }) => name),
        signers: signersOf(store.read, row.bundle, row.startedAt),
        devices: targets.map((target) => toDevice(parts, target, numbers.get(target.port))),
        entries: search.page({ corr: id }, mostEntries).map(toRow).reverse(),
      }
      return { ...record, digest: createHash('sha256').update(canonicalBytes(record)).digest('hex') }
    },
  }
}
