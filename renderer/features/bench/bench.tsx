// SPDX-License-Identifier: Apache-2.0
import { IconLayoutGrid, IconList, IconPlugConnected, IconUsb } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { bundlesOn } from '../../state/imports.ts'
import { openHelp } from '../../state/overlay.ts'
import { go } from '../../state/route.ts'
import { useRun } from '../../state/run.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useErrorText } from '../../text/error-text.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { mayUpdate } from './blocked.ts'
import { DeviceSheet } from './device-sheet.tsx'
import { Panel } from './panel.tsx'
import { countTiles, tileStates } from './plan.ts'
import { followBench, include, useBench, usePlanBundle, useTiles, type Numbered } from './run.ts'
import { Tile } from './tile.tsx'
import { useTileKeys } from './tile-keys.ts'

const ViewSwitch = ({ compact }: { compact: boolean }): ReactElement => {
  const t = useText()
  return (
    <div className="switch" role="radiogroup" aria-label={t('bench.view')}>
      {(['tiles', 'compact'] as const).map((view) => (
        <label key={view}>
          <input
            type="radio"
            name="bench-view"
            checked={compact === (view === 'compact')}
            onChange={() => useBench.setState({ view })}
          />
          {view === 'tiles' ? <IconLayoutGrid size={20} aria-hidden /> : <IconList size={20} aria-hidden />}
          {t(`bench.view.${view}`)}
        </label>
      ))}
    </div>
  )
}

type Tiled = { tiles: readonly Numbered[]; open: (port: string) => void }

const troubledOf = (tiles: readonly Numbered[]): readonly Numbered[] =>
  tiles.filter(({ fault, state }) => fault !== undefined && state !== 'cutOff')

const ShowPort = ({ tile, open }: { tile: Numbered; open: (port: string) => void }): ReactElement => {
  const t = useText()
  return <Button onPress={() => open(tile.port)}>{t('bench.show', { number: tile.number })}</Button>
}

/** The first device that needs somebody, and how many more do. At the end the band says so. */
const Trouble = ({ tiles, open }: Tiled): ReactElement | null => {
  const t = useText()
  const textOf = useErrorText()
  const finished = useRun(({ run }) => run?.state === 'finished')
  const troubled = troubledOf(tiles)
  const [first] = troubled
  if (finished || first?.fault === undefined) return null
  const { headline, next } = textOf(first.fault.code, {
    ...first.fault.details,
    port: t('bench.portNumber', { number: first.number }),
  })
  const more = troubled.length - 1
  return (
    <Notice
      tone="bad"
      shape={tileStates[first.state].shape}
      live
      title={headline}
      action={<ShowPort tile={first} open={open} />}
    >
      <p>
        {next[0]} {more > 0 && t('bench.andMore', { count: more })}
      </p>
    </Notice>
  )
}

/** What a station that was cut off has left, and that somebody has to say how it goes on. */
const CutOff = ({ tiles }: { tiles: readonly Numbered[] }): ReactElement | null => {
  const t = useText()
  const format = useFormat()
  const interrupted = useRun(({ run }) => run?.state === 'interrupted')
  if (!interrupted) return null
  const { waiting } = countTiles(tiles)
  const done = tiles.filter(({ state, at }) => state === 'updated' && at !== undefined).length
  const cut = tiles.filter(({ state }) => state === 'cutOff').map(({ number }) => number)
  return (
    <Notice tone="attention" live title={t('bench.cutOff', { done, cut: cut.length, waiting })}>
      <p>
        {cut.length > 0 && t('bench.cutOffPorts', { count: cut.length, ports: format.list(cut.map(String)) })}{' '}
        {t('bench.cutOffNext')} <span className="mono small">AL-7106</span>
      </p>
    </Notice>
  )
}

/** At the end: one band that can be read from three metres, until a new run; and the way to the first that needs somebody. */
const Done = ({ tiles, open }: Tiled): ReactElement | null => {
  const t = useText()
  const finished = useRun(({ run }) => run?.state === 'finished')
  if (!finished) return null
  const { updated, needsYou } = countTiles(tiles)
  const [first] = troubledOf(tiles)
  return (
    <div className={`done-band ${needsYou > 0 ? 'bad' : 'good'}`}>
      <p role="status">{needsYou > 0 ? t('bench.doneNeeds', { updated, needsYou }) : t('bench.done', { updated })}</p>
      {first !== undefined && <ShowPort tile={first} open={open} />}
    </div>
  )
}

const isActive = ({ state }: Numbered): boolean =>
  state === 'preparing' || state === 'writing' || state === 'checking' || state === 'restarting'

const useLead = (tiles: readonly Numbered[], noBundle: boolean): string => {
  const t = useText()
  const format = useFormat()
  const state = useRun(({ run }) => run?.state)
  const here = tiles.filter((tile) => tile.state !== 'free').length
  const { ready, updated, notSuitable } = countTiles(tiles)
  const active = tiles.filter(isActive).map(({ number }) => String(number))
  if (here === 0) return t('bench.leadNone')
  if (active.length > 0) return t('bench.leadRunning', { here, active: active.length, ports: format.list(active) })
  if (state === 'finished') return t('bench.leadDone', { updated, total: here, notSuitable })
  if (state === 'paused' || state === 'interrupted') return t('bench.leadPaused', { here })
  return t(noBundle ? 'bench.leadNoBundle' : 'bench.leadPlan', { here, ready })
}

const Tiles = ({
  tiles,
  compact,
  open,
}: {
  tiles: readonly Numbered[]
  compact: boolean
  open: (port: string) => void
}): ReactElement => {
  const t = useText()
  const { keys, wanted } = useTileKeys(tiles)
  return (
    <>
      <ul className={compact ? 'tiles compact' : 'tiles'} aria-label={t('bench.ports')} {...keys}>
        {tiles.map((tile) => (
          <Tile key={tile.port} tile={tile} compact={compact} include={include} open={open} />
        ))}
      </ul>
      <p role="status" className={wanted === '' ? 'hidden-text' : 'small muted'}>
        {wanted !== '' && t('bench.jump', { number: wanted })}
      </p>
    </>
  )
}

/** The bench: a map of the real one. */
export const Bench = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const tiles = useTiles(mayUpdate(person))
  const bundle = usePlanBundle()
  const asked = useStation(({ ports }) => ports !== undefined)
  const noBundle = useStation(({ bundles }) => bundles?.length === 0)
  const heard = useRun(({ run }) => run !== undefined)
  const view = useBench((state) => state.view)
  const [open, setOpen] = useState<string | undefined>(undefined)
  useEffect(followBench, [])
  const show = useCallback((port: string) => setOpen(port), [])
  const compact = view === 'compact' || tiles.length > 16
  const lead = useLead(tiles, noBundle)
  const opened = useMemo(() => tiles.find(({ port }) => port === open), [tiles, open])
  const ready = asked && heard && (noBundle || bundle !== undefined)
  const runs = useRun(({ run }) => run !== null && run !== undefined)
  const onDrive = useStation(({ drives = [] }) => drives.some((drive) => bundlesOn(drive).length > 0))
  return (
    <>
      <main className="main">
        <PageHead title={t('screen.bench')} lead={lead}>
          <ViewSwitch compact={compact} />
        </PageHead>
        <div className="stack">
          <Done tiles={tiles} open={show} />
          <CutOff tiles={tiles} />
          <Trouble tiles={tiles} open={show} />
          {!ready && <Loading sentence={t('common.loading')} />}
          {noBundle && (
            <Empty
              icon={<IconUsb size={48} stroke={1.2} aria-hidden />}
              sentence={t(onDrive ? 'bench.noBundleDrive' : 'bench.noBundle')}
            >
              <Button onPress={() => go('bundles')}>{t('bench.toBundles')}</Button>
            </Empty>
          )}
          {ready && tiles.length > 0 && <Tiles tiles={tiles} compact={compact} open={show} />}
          {ready && tiles.length === 0 && (
            <Empty icon={<IconPlugConnected size={48} stroke={1.2} aria-hidden />} sentence={t('bench.plugFirst')}>
              <Button onPress={() => openHelp()}>{t('help.open')}</Button>
            </Empty>
          )}
          {ready && tiles.length > 0 && !runs && (
            <p className="plug-more">
              <IconPlugConnected size={20} aria-hidden />
              {t('bench.plugMore')}
            </p>
          )}
        </div>
      </main>
      <Panel tiles={tiles} bundle={bundle} person={person} />
      {opened !== undefined && (
        <DeviceSheet tile={opened} bundle={bundle} person={person} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}
