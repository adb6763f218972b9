// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { IconCpu } from '@tabler/icons-react'
import { useEffect, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Collected } from '../../components/collected.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { useDeviceLook, type DeviceLook } from '../../state/device-look.ts'
import { keep } from '../../state/kept.ts'
import { go, useRoute } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation, type Device } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { RunsButton } from '../../print/runs.tsx'
import { History } from './history.tsx'
import { LiveTail } from './live-tail.tsx'
import { Measured } from './measured.tsx'
import { Where } from './where.tsx'

const useSearch = keep({ text: '' })
const matches = (serial: string, search: string): boolean => serial.toLowerCase().includes(search.trim().toLowerCase())

const Table = ({ devices, chosen }: { devices: readonly Device[]; chosen: string | undefined }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <section className={chosen === undefined ? 'card flush' : 'card flush short'} aria-label={t('screen.devices')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('device.serial')}</th>
            <th scope="col">{t('device.model')}</th>
            <th scope="col">{t('device.hardware')}</th>
            <th scope="col">{t('device.version')}</th>
            <th scope="col">{t('devices.lastSeen')}</th>
          </tr>
        </thead>
        <tbody>
          {devices.map(({ id, serial, model, hardware, version, lastSeen }) => (
            <tr key={id} className={id === chosen ? 'chosen' : ''}>
              <th scope="row">
                <button type="button" className="link in-table mono" onClick={() => go('devices', id)}>
                  {serial}
                </button>
              </th>
              <td>{model}</td>
              <td>{hardware ?? '–'}</td>
              <td className="mono">{version ?? '–'}</td>
              <td>{lastSeen === null ? '–' : format.at(lastSeen, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What is known of one device, beside the list. */
const Panel = ({ device, look, person }: { device: Device; look: DeviceLook | undefined; person: Person }) => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <>
      <section className="card stack">
        <h2 className="mono">{device.serial}</h2>
        <Facts
          facts={[
            [t('device.model'), device.model],
            [t('device.hardware'), device.hardware ?? '–'],
            [t('device.version'), <span className="mono">{device.version ?? '–'}</span>],
            [t('device.firstSeen'), look === undefined ? '–' : format.at(look.firstSeen, now)],
          ]}
        />
      </section>
      {look !== undefined && (
        <>
          <section className="card stack tight">
            <h2>{t('where.title')}</h2>
            <Where look={look} person={person} />
          </section>
          <section className="card stack tight">
            <h2>{t('device.collectedTitle')}</h2>
            <Collected look={look} />
          </section>
        </>
      )}
    </>
  )
}

/** Devices that were updated here, and what they measured. */
export const Devices = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const devices = useStation((state) => state.devices)
  const item = useRoute((state) => state.item)
  const mayPrint = person.roles.some((role) => role !== 'developer')
  const search = useSearch(({ text }) => text)
  const found = devices?.filter(({ serial }) => matches(serial, search)) ?? []
  // The bench knows a device by its serial number only, which devices of another product may bear too.
  const chosen = devices?.find(({ id }) => id === item) ?? devices?.find(({ serial }) => serial === item)
  // Where nothing matches, nothing stands below as if it did.
  const device = found.length === 0 ? undefined : chosen
  // Who comes to a device, by a scan or from the bench, is not held up by what was searched for before.
  useEffect(() => {
    if (chosen !== undefined && !matches(chosen.serial, useSearch.getState().text)) useSearch.setState({ text: '' })
  }, [chosen?.id])
  const { look, fault } = useDeviceLook(device?.id)
  return (
    <>
      <main className="main">
        <PageHead title={t('screen.devices')} lead={t('devices.lead', { count: devices?.length ?? 0 })}>
          {mayPrint && <RunsButton />}
        </PageHead>
        <div className="stack">
          {devices === undefined && <Loading sentence={t('common.loading')} />}
          {devices?.length === 0 && (
            <Empty icon={<IconCpu size={48} stroke={1.2} aria-hidden />} sentence={t('devices.none')}>
              <Button onPress={() => go('bench')}>{t('devices.toBench')}</Button>
            </Empty>
          )}
          {devices !== undefined && devices.length > 0 && (
            <>
              <TextInput
                label={t('devices.search')}
                value={search}
                onChange={({ currentTarget }) => useSearch.setState({ text: currentTarget.value })}
              />
              {found.length === 0 ? (
                <p className="muted" role="status">
                  {t('devices.noMatch')}
                </p>
              ) : (
                <Table devices={found} chosen={device?.id} />
              )}
              {device !== undefined && (
                <>
                  <Fault fault={fault} />
                  <LiveTail key={device.id} serial={device.serial} look={look} />
                  <Measured key={device.id} device={device} />
                  {look !== undefined && <History look={look} mayPrint={mayPrint} />}
                </>
              )}
            </>
          )}
        </div>
      </main>
      <aside className="panel" aria-label={t('common.details')}>
        {device === undefined ? (
          found.length > 0 && <p className="muted">{t('devices.pick')}</p>
        ) : (
          <Panel device={device} look={look} person={person} />
        )}
      </aside>
    </>
  )
}
