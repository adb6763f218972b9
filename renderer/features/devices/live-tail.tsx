// SPDX-License-Identifier: Apache-2.0
import { IconCopy, IconPlayerPlay } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Status } from '../../components/status.tsx'
import { VirtualList } from '../../components/virtual-list.tsx'
import { copyText } from '../../state/copy.ts'
import type { DeviceLook } from '../../state/device-look.ts'
import { followStream } from '../../state/follow.ts'
import { useSession } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import {
  followAgain,
  hold,
  levelLook,
  levelOf,
  noTail,
  silenceOf,
  takeView,
  type Line,
  type Tail,
} from './tail-lines.ts'

const nothing = (): void => undefined

const Head = (): ReactElement => {
  const t = useText()
  return (
    <div className="log-row tail-row head" role="row" aria-rowindex={1}>
      {(['tail.time', 'tail.level', 'tail.line'] as const).map((name) => (
        <span key={name} role="columnheader">
          {t(name)}
        </span>
      ))}
    </div>
  )
}

const Cells = ({ line: { t: at, severity, text } }: { line: Line }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const level = severity === null ? undefined : levelOf(severity)
  return (
    <>
      <span role="gridcell">{format.second(at)}</span>
      <span role="gridcell">
        {level === undefined ? '–' : <Status {...levelLook[level]} word={t(`tail.level.${level}`)} />}
      </span>
      <span role="gridcell" className="mono tail-text">
        {text}
      </span>
    </>
  )
}

/** Where the device is not heard: why, and what to do. */
const Hearing = ({ listens, look }: { listens: boolean; look: DeviceLook | undefined }): ReactElement | null => {
  const t = useText()
  const port = useStation(({ ports }) => ports?.find(({ id }) => id === look?.place?.id))
  if (listens || look === undefined) return null
  const why = silenceOf(look, port)
  return (
    <div>
      <Status shape="aside" tone={why === 'half' ? 'attention' : 'quiet'} word={t('tail.listensNot')} />
      <p>{t(`tail.why.${why}`)}</p>
    </div>
  )
}

const useTail = (serial: string): readonly [Tail, (change: (tail: Tail) => Tail) => void] => {
  const [tail, setTail] = useState<Tail>(noTail)
  useEffect(() => {
    const present = (): boolean => {
      const { person, locked } = useSession.getState()
      return person !== undefined && !locked
    }
    return followStream('telemetry.tail', { device: serial }, present, (view) =>
      setTail((before) => takeView(before, view)),
    )
  }, [serial])
  return [tail, setTail]
}

/** One line that somebody has chosen, in full. */
const Chosen = ({ line }: { line: Line }): ReactElement => {
  const t = useText()
  return (
    <div className="row apart">
      <p className="mono raw-text grow">{line.text}</p>
      <Button icon={<IconCopy size={18} aria-hidden />} onPress={() => copyText(line.text)}>
        {t('tail.copy')}
      </Button>
    </div>
  )
}

const List = ({ tail, change }: { tail: Tail; change: (to: (tail: Tail) => Tail) => void }): ReactElement => {
  const t = useText()
  const [selected, setSelected] = useState<number | undefined>(undefined)
  const { held, newer, missed } = tail
  const lines = held ?? tail.lines
  const head = useMemo(() => <Head />, [])
  const scroll = useMemo(() => ({ to: 0 }), [])
  const row = useCallback(
    (index: number) => {
      const line = lines[index]
      return line === undefined ? null : <Cells line={line} />
    },
    [lines],
  )
  const pause = useCallback(() => change(hold), [change])
  const select = useCallback(
    (index: number) => {
      pause()
      setSelected(index)
    },
    [pause],
  )
  const resume = (): void => {
    change(followAgain)
    setSelected(undefined)
  }
  const line = selected === undefined ? undefined : lines[selected]
  return (
    <>
      <div className="row apart tail-foot">
        <p className="muted small">{missed > 0 && t('tail.missed', { count: missed })}</p>
        {held === undefined ? (
          <p className="muted small">{t('tail.hint')}</p>
        ) : (
          <Button icon={<IconPlayerPlay size={18} aria-hidden />} onPress={resume}>
            {t('tail.follow', { count: newer })}
          </Button>
        )}
      </div>
      <div className="tail">
        <VirtualList
          label={t('tail.title')}
          count={lines.length}
          selected={selected}
          select={select}
          wanted={nothing}
          scroll={scroll}
          head={head}
          row={row}
          follow={held === undefined}
          onLeave={pause}
        />
      </div>
      {line !== undefined && <Chosen line={line} />}
    </>
  )
}

/** What a device says, line by line, as it comes; whoever scrolls up or chooses a line reads in peace. */
export const LiveTail = ({ serial, look }: { serial: string; look: DeviceLook | undefined }): ReactElement => {
  const t = useText()
  const [tail, change] = useTail(serial)
  return (
    <section className="card stack tight" aria-label={t('tail.title')}>
      <div className="row apart">
        <h2>{t('tail.title')}</h2>
        {tail.listens && <Status shape="ready" tone="active" word={t('tail.listens')} />}
      </div>
      <Hearing listens={tail.listens} look={look} />
      {tail.lines.length === 0 ? <p className="muted">{t('tail.none')}</p> : <List tail={tail} change={change} />}
    </section>
  )
}
