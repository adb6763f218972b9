// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useAction } from '../state/action.ts'
import { call } from '../state/connection.ts'
import { placesOf, useLastPlugged, type Place, type PortMap as Map } from '../state/port-map.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Fault } from './fault.tsx'
import { Notice } from './notice.tsx'
import { Status } from './status.tsx'

const Tile = ({
  place,
  lit,
  chosen,
  choose,
}: {
  place: Place
  lit: boolean
  chosen: boolean
  choose: (id: string) => void
}): ReactElement => {
  const t = useText()
  const { id, number, name, here } = place
  const word = lit ? 'ports.lit' : here ? 'ports.here' : 'ports.absent'
  return (
    <li className={`tile port-tile ${here ? '' : 'free'} ${lit ? 'lit' : ''}`} data-port={id}>
      <button type="button" className="port-choose" aria-pressed={chosen} onClick={() => choose(id)}>
        <span className="plate">
          <small>{t('bench.port')}</small>
          {number}
        </span>
        <span className="grow">
          {name !== null && <b className="port-name">{name}</b>}
          <Status shape={lit ? 'done' : here ? 'ready' : 'free'} tone={here ? 'active' : 'quiet'} word={t(word)} />
        </span>
      </button>
    </li>
  )
}

const numberOf = (text: string): number | undefined => (/^[1-9]\d{0,2}$/.test(text.trim()) ? Number(text) : undefined)

/** What the sticker at one place says. */
const Sticker = ({
  place,
  places,
  blocked,
  done,
}: {
  place: Place
  places: readonly Place[]
  blocked: string | undefined
  done: (map: Map) => void
}): ReactElement => {
  const t = useText()
  const [text, setText] = useState(String(place.number))
  const [name, setName] = useState(place.name ?? '')
  const [action, run] = useAction()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (blocked !== undefined) return
    field.current?.select()
    // With its button, which the foot would cover.
    field.current?.form?.scrollIntoView({ block: 'nearest' })
  }, [])
  const number = numberOf(text)
  const other = places.find((one) => one.number === number && one.id !== place.id)
  const wrong = number === undefined ? t('ports.numberRule') : undefined
  return (
    <form
      className="card stack port-form"
      aria-label={t('ports.sticker')}
      onSubmit={(event) => {
        event.preventDefault()
        if (number === undefined || blocked !== undefined) return
        run(async () => done(await call('ports.number', { id: place.id, number, name: name.trim() || null })))
      }}
    >
      <h2>{t('bench.portNumber', { number: place.number })}</h2>
      <TextInput
        ref={field}
        label={t('ports.number')}
        inputMode="numeric"
        readOnly={blocked !== undefined}
        value={text}
        maxLength={3}
        autoComplete="off"
        error={wrong}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <TextInput
        label={t('ports.name')}
        description={t('ports.nameHint')}
        readOnly={blocked !== undefined}
        value={name}
        maxLength={40}
        autoComplete="off"
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <p className="small muted">
        {t('ports.place')} <span className="mono">{place.id}</span>
      </p>
      {other !== undefined && (
        <Notice tone="attention" title={t('ports.swap', { number: other.number, other: place.number })} />
      )}
      <Fault fault={action.fault} />
      <div>
        <Button type="submit" busy={action.busy} blocked={blocked ?? wrong} showReason={blocked !== undefined}>
          {t('ports.keep')}
        </Button>
      </div>
    </form>
  )
}

/** The map of the bench: a tile for each place; where something is plugged in lights up and asks for its number. */
export const PortMap = ({
  map,
  blocked,
  changed,
}: {
  map: Map
  /** Why nothing can be changed here. */
  blocked: string | undefined
  changed: (map: Map) => void
}): ReactElement => {
  const t = useText()
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [kept, setKept] = useState<{ id: string; number: number | undefined } | undefined>(undefined)
  const last = useLastPlugged(map)
  const places = placesOf(map)
  useEffect(() => {
    if (last !== undefined) setChosen(last)
  }, [last])
  const place = places.find(({ id }) => id === chosen)
  return (
    <div className="stack">
      {places.length === 0 ? (
        <p className="muted" role="status">
          {t('ports.none')}
        </p>
      ) : (
        <ul className="tiles ports" aria-label={t('bench.ports')}>
          {places.map((one) => (
            <Tile
              key={one.id}
              place={one}
              lit={one.id === last && one.here}
              chosen={one.id === chosen}
              choose={setChosen}
            />
          ))}
        </ul>
      )}
      <div role="status" className="quiet-status">
        {kept?.number !== undefined && kept.id === chosen && (
          <Notice tone="good" title={t('ports.kept', { number: kept.number })} />
        )}
      </div>
      {place === undefined ? (
        places.length > 0 && <p className="muted">{t('ports.pick')}</p>
      ) : (
        <Sticker
          key={`${place.id} ${place.number}`}
          place={place}
          places={places}
          blocked={blocked}
          done={(next) => {
            setKept({ id: place.id, number: placesOf(next).find(({ id }) => id === place.id)?.number })
            changed(next)
          }}
        />
      )}
    </div>
  )
}
