// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import { lazy, Suspense, useEffect, useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { useStation, type Device } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

const RangeChart = lazy(async () => ({ default: (await import('../../charts/range-chart.tsx')).RangeChart }))

type Series = Result<Contract, 'telemetry.series'>['series'][number]
export type ChartRows = Result<Contract, 'telemetry.chart'>['rows']
const hour = 3_600_000
/** Periods to choose from, in hours: the last one is as long as a site usually waits between two exports. */
const periods = [1, 24, 168, 720] as const
const buckets = 240

const ValuesTable = ({ rows }: { rows: ChartRows }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <details className="details">
      <summary>{t('devices.table')}</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('devices.time')}</th>
            <th scope="col" className="number">
              {t('devices.min')}
            </th>
            <th scope="col" className="number">
              {t('devices.mean')}
            </th>
            <th scope="col" className="number">
              {t('devices.max')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ t: time, min, mean, max }) => (
            <tr key={time}>
              <th scope="row">{format.at(time, now)}</th>
              <td className="number">{format.value(min)}</td>
              <td className="number">{format.value(mean)}</td>
              <td className="number">{format.value(max)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const One = ({ series, hours }: { series: Series; hours: number }): ReactElement => {
  const t = useText()
  const { number, value } = useFormat()
  const [rows, setRows] = useState<ChartRows | undefined>(undefined)
  const [action, run] = useAction()
  useEffect(
    () =>
      run(async () => {
        const to = (useStation.getState().status?.now ?? 0) + 60_000
        setRows((await call('telemetry.chart', { series: series.id, from: to - hours * hour, to, buckets })).rows)
      }),
    [series.id, hours],
  )
  if (action.fault !== undefined) return <Fault fault={action.fault} />
  if (rows === undefined) return <Loading sentence={t('common.loading')} />
  if (rows.length === 0) return <p className="muted">{t('devices.noPoints')}</p>
  const summary = t('devices.summary', {
    name: series.name,
    count: number(rows.reduce((sum, { n }) => sum + n, 0)),
    min: value(Math.min(...rows.map(({ min }) => min))),
    max: value(Math.max(...rows.map(({ max }) => max))),
    unit: series.unit,
  })
  return (
    <figure className="stack tight">
      <div className="chart" aria-hidden>
        <Suspense fallback={<Loading sentence={t('common.loading')} />}>
          <RangeChart rows={rows} unit={series.unit} />
        </Suspense>
      </div>
      <figcaption>{summary}</figcaption>
      <ValuesTable rows={rows} />
    </figure>
  )
}

/** What a device has measured: one series at a time, as least, mean and greatest. */
export const Measured = ({ device }: { device: Device }): ReactElement => {
  const t = useText()
  const [series, setSeries] = useState<readonly Series[] | undefined>(undefined)
  const [chosen, setChosen] = useState<number | undefined>(undefined)
  const [hours, setHours] = useState(1)
  const [action, run] = useAction()
  useEffect(
    () =>
      run(async () => {
        // Telemetry keeps a device under the station's id for it, or under its serial number from before it was known.
        const [byId, bySerial] = await Promise.all([
          call('telemetry.series', { device: device.id }),
          call('telemetry.series', { device: device.serial }),
        ])
        setSeries([...byId.series, ...bySerial.series])
      }),
    [device.id, device.serial],
  )
  const shown = series?.find(({ id }) => id === chosen) ?? series?.[0]
  return (
    <section className="card stack" aria-label={t('devices.measured')}>
      <h2>{t('devices.measured')}</h2>
      <Fault fault={action.fault} />
      {series === undefined && action.busy && <Loading sentence={t('common.loading')} />}
      {series?.length === 0 && <p className="muted">{t('devices.noSeries')}</p>}
      {series !== undefined && shown !== undefined && (
        <>
          <div className="wizard-pair">
            <NativeSelect
              label={t('devices.series')}
              value={String(shown.id)}
              data={series.map(({ id, name, labels }) => ({
                value: String(id),
                label: labels === '{}' || labels === '' ? name : `${name} ${labels}`,
              }))}
              onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
            />
            <NativeSelect
              label={t('devices.period')}
              value={String(hours)}
              data={periods.map((count) => ({ value: String(count), label: t('devices.hours', { count }) }))}
              onChange={({ currentTarget }) => setHours(Number(currentTarget.value))}
            />
          </div>
          <One key={`${shown.id} ${hours}`} series={shown} hours={hours} />
        </>
      )}
    </section>
  )
}
