// SPDX-License-Identifier: Apache-2.0
import type { ReactElement, ReactNode } from 'react'
import { Button } from './components/button.tsx'
import type { Tone } from './components/icons.ts'
import { Notice } from './components/notice.tsx'
import { go, mayOpen, useRoute, type Screen } from './state/route.ts'
import type { Person } from './state/session.ts'
import { useStation, type Status } from './state/station.ts'
import { worksNow } from './state/works.ts'
import type { Format } from './text/format.ts'
import { useFormat, useText, type Text } from './text/use-text.ts'

type Told = {
  readonly key: string
  /** The screen that the action leads to. */
  readonly at: Screen
  readonly tone: Tone
  readonly title: string
  readonly more: string
  readonly action?: ReactNode
}

/** What goes on is said first, where it does. */
const said = (promise: string | false, more: string): string => (promise === false ? more : `${promise} ${more}`)

const clockTold = (status: Status, t: Text, format: Format): Told | undefined => {
  const { state, by } = status.clock
  if (state === 'good') return undefined
  const how = { by: format.duration(by) }
  const action = <Button onPress={() => go('station')}>{t('clock.open')}</Button>
  if (state === 'stepped')
    return {
      key: 'clock',
      at: 'station',
      tone: 'attention',
      title: t('clock.steppedTitle', how),
      more: said(worksNow(status) === 'all' && t('notices.allWorks'), t('clock.steppedMore')),
      action,
    }
  return {
    key: 'clock',
    at: 'station',
    tone: 'bad',
    title: t(`clock.${state}Title`, how),
    more: said(worksNow(status) !== 'nothing' && t('clock.wrongWorks'), t('clock.wrongMore')),
    action,
  }
}

const storageTold = (status: Status, t: Text, format: Format): Told | undefined => {
  const { state, free, days } = status.storage
  if (state === 'good') return undefined
  const room = { free: format.size(free) }
  const action = <Button onPress={() => go('station')}>{t('storage.open')}</Button>
  const works = worksNow(status)
  const promise =
    (state === 'low' && works === 'all' && t('notices.allWorks')) ||
    (state === 'full' && works !== 'nothing' && t('notices.updatingWorks'))
  const about = { key: 'storage', at: 'station' as const, more: said(promise, t(`storage.${state}More`)), action }
  if (state !== 'low') return { ...about, tone: 'bad', title: t(`storage.${state}Title`, room) }
  const title = days === null ? t('storage.lowTitle', room) : t('storage.lowDays', { ...room, days })
  return { ...about, tone: 'attention', title }
}

const logTold = ({ code, firstBad }: Status['audit'], person: Person, t: Text): Told | undefined => {
  if (code === null) return undefined
  const title = firstBad === null ? t('log.broken') : t('log.brokenAt', { entry: firstBad })
  const told: Told = { key: 'log', at: 'audit', tone: 'bad', title, more: t('log.brokenMore') }
  if (!mayOpen(person.roles, 'audit')) return told
  const entry = firstBad === null ? undefined : String(firstBad)
  return { ...told, action: <Button onPress={() => go('audit', entry)}>{t('log.open')}</Button> }
}

/** What holds for the whole station, on every page: what is wrong, what it stops, who puts it right. At most two. */
export const StationNotices = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const format = useFormat()
  const status = useStation((state) => state.status)
  const screen = useRoute((state) => state.screen)
  if (status === undefined) return null
  const all = [logTold(status.audit, person, t), clockTold(status, t, format), storageTold(status, t, format)]
  // The log's own page says it first thing, with the entry.
  const told = all.filter((one) => one !== undefined && !(one.key === 'log' && screen === 'audit'))
  if (told.length === 0) return null
  return (
    <div className="station-notices" role="status">
      {told.slice(0, 2).map(
        (one) =>
          one !== undefined && (
            <Notice key={one.key} tone={one.tone} title={one.title} action={screen === one.at ? undefined : one.action}>
              {one.more}
            </Notice>
          ),
      )}
      {told.length > 2 && <p className="small muted">{t('notices.more', { count: told.length - 2 })}</p>}
    </div>
  )
}
