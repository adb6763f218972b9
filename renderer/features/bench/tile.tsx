// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { memo, type ReactElement, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Progress } from '../../components/progress.tsx'
import { Status } from '../../components/status.tsx'
import { countdown } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { tileStates, type Tile as TileView } from './plan.ts'
import type { Numbered } from './run.ts'

type TileProps = {
  tile: Numbered
  compact: boolean
  include: (port: string, on: boolean) => void
  open: (port: string) => void
}

/** What stands beside the status word. */
const useLine = (tile: TileView): ReactNode => {
  const t = useText()
  const format = useFormat()
  if (tile.state === 'updated' && tile.at !== undefined) return t('bench.checked', { at: format.clock(tile.at) })
  if (tile.why !== undefined) return t(`bench.why.${tile.why}`)
  if (tile.state === 'upToDate') return t('bench.already', { version: tile.from ?? '' })
  if (tile.state === 'ready') return t('bench.fits')
  if (tile.state === 'noBundle') return t('bench.line.noBundle')
  if (tile.line !== undefined) return t('bench.line.waiting', { before: tile.line - 1 })
  if (tile.by !== undefined) return t('bench.by', { name: tile.by })
  if (tile.mending) return t('bench.mending')
  if (tile.part !== undefined && (tile.state === 'unplugged' || tile.state === 'cutOff'))
    return t('bench.at', { part: format.percent(tile.part) })
  if (tile.state === 'preparing' || tile.state === 'restarting') return t(`bench.line.${tile.state}`)
  if (tile.part !== undefined && tile.fault === undefined)
    return (
      <>
        <b className="tile-part">{format.percent(tile.part)}</b>
        {tile.left !== undefined && <> {t('bench.left', { left: countdown(tile.left) })}</>}
      </>
    )
  return ''
}

/** What it is and what it becomes; where something is wrong, what it becomes is open, and a button stands there. */
const Versions = ({ tile, asks }: { tile: TileView; asks: boolean }): ReactElement => {
  const t = useText()
  const { hardware, from } = tile
  const to = asks ? undefined : tile.to
  return (
    <p className="small muted versions">
      {hardware !== undefined && <>{hardware} · </>}
      {from ?? t('bench.versionUnknown')}
      {to !== undefined && to !== from && (
        <>
          {' '}
          <IconArrowRight size={14} aria-label={t('bench.to')} /> <b className="tile-to">{to}</b>
        </>
      )}
    </p>
  )
}

const Compact = ({ tile, open }: TileProps): ReactElement => {
  const t = useText()
  const format = useFormat()
  const { shape, tone } = tileStates[tile.state]
  return (
    <li
      data-port={tile.port}
      data-serial={tile.serial}
      className={`tile small-tile ${tone === 'bad' || tone === 'attention' ? `troubled ${tone}` : ''}`}
    >
      <button type="button" data-open className="small-open" onClick={() => open(tile.port)}>
        <span className="plate small-plate">{tile.number}</span>
        <span className="mono small-serial">{tile.serial ?? '–'}</span>
      </button>
      <span className="row apart small-line">
        <Status shape={shape} tone={tone} word={t(`bench.state.${tile.state}`)} />
        {tile.part !== undefined && tone === 'active' && <b className="small">{format.percent(tile.part)}</b>}
      </span>
      <Progress part={tile.part ?? 0} tone={tone} />
    </li>
  )
}

/** One place of the bench: port, device, state, bar. Same place for the whole run. */
export const Tile = memo((props: TileProps): ReactElement => {
  const { tile, compact, include, open } = props
  const t = useText()
  const line = useLine(tile)
  const { shape, tone } = tileStates[tile.state]
  if (compact) return <Compact {...props} />
  const trouble = tone === 'bad' || tone === 'attention'
  const asks = trouble || tile.fault !== undefined
  return (
    <li
      data-port={tile.port}
      data-serial={tile.serial}
      className={`tile ${trouble ? `troubled ${tone}` : ''} ${tile.state === 'free' ? 'free' : ''}`}
    >
      <div className="tile-head">
        <span className="plate">
          <small>{t('bench.port')}</small>
          {tile.number}
        </span>
        <div className="grow">
          <button
            type="button"
            data-open
            className={`tile-serial ${tile.serial === undefined ? '' : 'mono'}`}
            onClick={() => open(tile.port)}
          >
            {tile.serial ?? t(tile.state === 'free' ? 'bench.noDevice' : 'bench.notAsked')}
          </button>
          {(tile.from ?? tile.to) !== undefined && <Versions tile={tile} asks={asks} />}
        </div>
        {asks && (
          <Button kind="in-row" onPress={() => open(tile.port)}>
            {t(tile.fault === undefined ? 'bench.whyButton' : 'bench.fix')}
            <span className="hidden-text"> {t('bench.portNumber', { number: tile.number })}</span>
          </Button>
        )}
        {tile.selectable && (
          <Checkbox
            size="var(--in-row)"
            aria-label={t('bench.include', { number: tile.number })}
            checked={tile.state === 'ready' || tile.state === 'waiting'}
            onChange={({ currentTarget }) => include(tile.port, currentTarget.checked)}
          />
        )}
      </div>
      <div className="tile-line">
        <Status shape={shape} tone={tone} word={t(`bench.state.${tile.state}`)} />
        <span className="muted">{line}</span>
      </div>
      {tile.part !== undefined && (
        <Progress part={tile.part} tone={tone} label={t('bench.portNumber', { number: tile.number })} />
      )}
    </li>
  )
})
Tile.displayName = 'Tile'
