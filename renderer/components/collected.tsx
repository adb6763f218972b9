// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { useDeviceLook, type DeviceLook } from '../state/device-look.ts'
import { go } from '../state/route.ts'
import { useStation } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Facts } from './facts.tsx'

/** What is collected of a device, until when, how much waits for export, and what has left last. */
export const Collected = ({ look }: { look: DeviceLook }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  const { collected, waiting, exports } = look
  const records = (count: number): string => t('device.records', { count, shown: format.number(count) })
  const whole = (at: number): string => format.date(at).replaceAll(' ', '\u00a0')
  const last = exports.find(({ state }) => state === 'written')
  if (collected === null) return <p className="muted">{t('device.neverHeard')}</p>
  return (
    <Facts
      facts={[
        [t('device.collected'), records(collected.records)],
        [t('device.since'), format.at(collected.since, now)],
        [t('device.until'), format.at(collected.until, now)],
        [t('device.waiting'), records(waiting)],
        [
          t('device.lastExport'),
          last === undefined ? (
            t('device.noExport')
          ) : (
            <button type="button" className="link" onClick={() => go('exports', last.id)}>
              {t('device.exportOf', { from: whole(last.from), to: whole(last.to) })}
            </button>
          ),
        ],
      ]}
    />
  )
}

/** The same for the device with this serial number, where the station knows it. */
export const CollectedBySerial = ({ serial }: { serial: string | undefined }): ReactElement | null => {
  const id = useStation(({ devices }) => devices?.find((one) => one.serial === serial)?.id)
  const { look } = useDeviceLook(id)
  return look === undefined || serial === undefined ? null : <Collected look={look} />
}
