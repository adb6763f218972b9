// SPDX-License-Identifier: Apache-2.0
import { IconLayoutGrid, IconList, IconPlugConnected, IconUsb } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { go } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useErrorText } from '../../text/error-text.ts'
import { useText } from '../../text/use-text.ts'
import { DeviceSheet } from './device-sheet.tsx'
import { Panel } from './panel.tsx'
import { countTiles, type Tile as TileView } from './plan.ts'
import { followBench, include, useBench, usePlanBundle, useTiles } from './run.ts'
import { Tile } from './tile.tsx'

type Numbered = TileView & { readonly number: number }

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

/** The first device that needs somebody, and how many more do. */
const Trouble = ({
  tiles,
  open,
}: {
  tiles: readonly Numbered[]
  open: (port: string) => void
}): ReactElement | null => {
  const t = useText()
  const textOf = useErrorText()
  const troubled = tiles.filter(({ fault }) => fault !== undefined)
  const [first] = troubled
  if (first?.fault === undefined) return null
  const { headline, next } = textOf(first.fault.code, {
    ...first.fault.details,
    port: t('bench.portNumber', { number: first.number }),
  })
  const more = troubled.length - 1
  return (
    <Notice
      tone="bad"
      live
      title={headline}
      action={<Button onPress={() => open(first.port)}>{t('bench.show', { number: first.number })}</Button>}
    >
      <p>
        {next[0]} {more > 0 && t('bench.andMore', { count: more })}
      </p>
    </Notice>
  )
}

/** At the end: one band that can be read from three metres. */
const Done = ({ tiles }: { tiles: readonly Numbered[] }): ReactElement | null => {
  const t = useText()
  const run = useBench((state) => state.run)
  const { updated, active, needsYou } = countTiles(tiles)
  if (active > 0 || Object.keys(run).length === 0 || updated + needsYou === 0) return null
  return (
    <p className={`done-band ${needsYou > 0 ? 'bad' : 'good'}`} role="status">
      {needsYou > 0 ? t('bench.doneNeeds', { updated, needsYou }) : t('bench.done', { updated })}
    </p>
  )
}

const useLead = (tiles: readonly Numbered[]): string => {
  const t = useText()
  const here = tiles.filter(({ state }) => state !== 'free').length
  const { active, ready } = countTiles(tiles)
  if (here === 0) return t('bench.leadNone')
  return active > 0 ? t('bench.leadRunning', { here, active }) : t('bench.leadPlan', { here, ready })
}

/** The bench: a map of the real one. */
export const Bench = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const tiles = useTiles()
  const bundle = usePlanBundle()
  const loaded = useStation(({ ports, bundles }) => ports !== undefined && bundles !== undefined)
  const view = useBench((state) => state.view)
  const [open, setOpen] = useState<string | undefined>(undefined)
  useEffect(followBench, [])
  const compact = view === 'compact' || tiles.length > 16
  const lead = useLead(tiles)
  const opened = tiles.find(({ port }) => port === open)
  const noBundle = loaded && bundle === undefined
  return (
    <>
      <main className="main">
        <PageHead title={t('screen.bench')} lead={lead}>
          <ViewSwitch compact={compact} />
        </PageHead>
        <div className="stack">
          <Done tiles={tiles} />
          <Trouble tiles={tiles} open={setOpen} />
          {!loaded && <Loading sentence={t('common.loading')} />}
          {noBundle && (
            <Empty icon={<IconUsb size={48} stroke={1.2} aria-hidden />} sentence={t('bench.noBundle')}>
              <Button onPress={() => go('bundles')}>{t('bench.toBundles')}</Button>
            </Empty>
          )}
          {loaded && tiles.length > 0 && (
            <ul className={compact ? 'tiles compact' : 'tiles'} aria-label={t('bench.ports')}>
              {tiles.map((tile) => (
                <Tile key={tile.port} tile={tile} compact={compact} include={include} open={setOpen} />
              ))}
            </ul>
          )}
          {loaded && (
            <p className="plug-more">
              <IconPlugConnected size={20} aria-hidden />
              {t(tiles.length === 0 ? 'bench.plugFirst' : 'bench.plugMore')}
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
