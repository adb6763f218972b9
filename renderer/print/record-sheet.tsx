// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { isErrorCode } from '../../shared/error-codes.ts'
import { Facts } from '../components/facts.tsx'
import { roleLabel } from '../components/signer-role.ts'
import { sentence } from '../features/audit/sentence.ts'
import type { RecordDevice, RunRecord } from './records.ts'
import { useErrorText } from '../text/error-text.ts'
import { groups } from '../text/format.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Line, Sheet } from './sheet.tsx'

type Details = Readonly<Record<string, string | number | boolean>>
const given = (details: Readonly<Record<string, string | number | boolean | null>>): Details =>
  Object.fromEntries(Object.entries(details).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

const Device = ({ device, after }: { device: RecordDevice; after: string }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const textOf = useErrorText()
  const { port, serial, hardware, from, state, code, endedAt, by, entry } = device
  const words = code !== null && isErrorCode(code) ? textOf(code, given({ ...device.details, port })) : undefined
  const done = state === 'updated' || state === 'same'
  return (
    <tr>
      <td>{port ?? '–'}</td>
      <th scope="row" className="mono">
        {serial ?? '–'}
      </th>
      <td>{hardware ?? '–'}</td>
      <td className="mono">{from ?? '–'}</td>
      <td className="mono">{done ? after : '–'}</td>
      <td>
        {done ? '✓' : '✗'} {t(`record.state.${state}`)}
        {words !== undefined && ` · ${words.number} ${words.headline}`}
      </td>
      <td>{endedAt === null ? '–' : format.at(endedAt, endedAt)}</td>
      <td>{by}</td>
      <td>{entry ?? '–'}</td>
    </tr>
  )
}

const Entries = ({ entries }: Pick<RunRecord, 'entries'>): ReactElement => {
  const t = useText()
  const format = useFormat()
  const textOf = useErrorText()
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('print.entry')}</th>
          <th scope="col">{t('record.at')}</th>
          <th scope="col">{t('record.did')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <td>{entry.seq}</td>
            <td>{format.full(entry.at)}</td>
            <td>{sentence(entry, t, (code) => textOf(code).headline)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const columns = ['port', 'serial', 'hardware', 'before', 'after', 'result', 'at', 'who', 'entry'] as const

/** A run on paper: who, with which bundle, each device before and after, and the log entries that say so. */
export const RecordSheet = ({ record, copy }: { record: RunRecord; copy: number | undefined }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const { run, people, signers, devices, entries, digest } = record
  const bundle = `${run.product} ${run.version}`
  const names = signers.map(({ name, role }) =>
    name === null ? roleLabel(t, role) : `${name} (${roleLabel(t, role)})`,
  )
  return (
    <Sheet title={t('record.title', { bundle })} copy={copy} foot={digest}>
      <p className="sheet-big">{t('record.updatedOf', { updated: run.updated, devices: run.devices })}</p>
      <Facts
        facts={[
          [t('record.run'), <span className="mono">{run.id}</span>],
          [t('record.bundle'), <span className="mono">{bundle}</span>],
          [t('common.fingerprint'), <span className="mono">{groups(run.bundle)}</span>],
          [t('bundle.signedBy'), names.join(', ')],
          [t('record.started'), format.full(run.startedAt)],
          [t('record.ended'), run.endedAt === null ? t('record.open') : format.full(run.endedAt)],
          [t('record.people'), format.list(people)],
        ]}
      />
      <h3>{t('record.devices')}</h3>
      <table className="table record-devices">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name === 'serial' || name === 'hardware' ? t(`device.${name}`) : t(`record.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {devices.map((device, n) => (
            // Devices stand in the order in which they came; none ever leaves a record.
            <Device key={n} device={device} after={run.version} />
          ))}
        </tbody>
      </table>
      <h3>{t('record.entries')}</h3>
      <Entries entries={entries} />
      <h3>{t('record.signed')}</h3>
      <Line label={t('record.signedBy')} />
      <Line label={t('record.checkedBy')} />
    </Sheet>
  )
}
