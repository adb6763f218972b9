// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Listening } from '../../components/listening.tsx'
import { Status } from '../../components/status.tsx'
import type { DeviceLook } from '../../state/device-look.ts'
import { placesOf } from '../../state/port-map.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** The bench in small: every port by its sticker, with the one that is meant. */
const Strip = ({ at }: { at: string }): ReactElement => {
  const t = useText()
  const ports = useStation((state) => state.ports)
  const absent = useStation((state) => state.absent)
  return (
    <ol className="port-strip" aria-label={t('bench.ports')}>
      {placesOf({ ports: [...(ports ?? [])], absent: [...(absent ?? [])] }).map(({ id, number }) => (
        <li key={id} className={id === at ? 'plate small-plate' : 'plate small-plate other'} aria-current={id === at}>
          {number}
        </li>
      ))}
    </ol>
  )
}

/** Where a device is plugged in, or was last; and whether the station listens there. */
export const Where = ({ look, person }: { look: DeviceLook; person: Person }): ReactElement => {
  const t = useText()
  const { place, halfWritten } = look
  const port = useStation(({ ports }) => ports?.find(({ id }) => id === place?.id))
  if (place === null) return <p className="muted">{t('where.nowhere')}</p>
  const word = port === undefined ? 'where.away' : place.here ? 'where.here' : 'where.replugged'
  return (
    <div className="stack tight">
      <div className="row">
        <span className="plate">
          <small>{t('bench.port')}</small>
          {place.number}
        </span>
        <div className="grow">
          {place.name !== null && <b className="port-name">{place.name}</b>}
          <Status
            shape={port === undefined ? 'free' : place.here ? 'ready' : 'unknown'}
            tone={port !== undefined && place.here ? 'active' : 'quiet'}
            word={t(word)}
          />
        </div>
      </div>
      <Strip at={place.id} />
      {port !== undefined && (
        <Listening port={place.id} person={person} stands={halfWritten ? t('tail.why.half') : undefined} />
      )}
    </div>
  )
}
