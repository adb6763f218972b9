// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react'
import { call } from '../../state/connection.ts'
import { go, mayOpen } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { noObjects, screenOfKind, type Line, type Objects } from './found.ts'

/** The station's answer for what is typed now; an answer that comes too late counts as none. */
const useAnswer = (text: string): Objects => {
  const [answer, setAnswer] = useState(noObjects)
  useEffect(() => {
    if (text === '') return setAnswer(noObjects)
    let wanted = true
    call('find.search', { text })
      .then((objects) => (wanted ? setAnswer(objects) : undefined))
      // Without a line the page says so itself; pages and commands are still there.
      .catch(() => (wanted ? setAnswer(noObjects) : undefined))
    return () => {
      wanted = false
    }
  }, [text])
  return answer
}

/** The station's things that fit, as lines of the list, on screens that the person may open. */
export const useObjects = (text: string, { roles }: Person): Readonly<Record<keyof Objects, readonly Line[]>> => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  const { devices, bundles, exports, entries } = useAnswer(text)
  const open = (kind: keyof Objects): boolean => mayOpen(roles, screenOfKind[kind])
  return {
    devices: !open('devices')
      ? []
      : devices.map(({ id, serial, model, version, lastSeen }, n) => ({
          id: `find-device-${n}`,
          title: serial,
          mono: true,
          detail: `${model}${version === null ? '' : ` ${version}`} · ${t('find.seen', { at: format.at(lastSeen, now) })}`,
          act: () => go('devices', id),
        })),
    bundles: !open('bundles')
      ? []
      : bundles.map(({ id, product, version }) => ({
          id: `find-bundle-${id}`,
          title: `${product} ${version}`,
          act: () => go('bundles', id),
        })),
    exports: !open('exports')
      ? []
      : exports.map(({ id, number, reason }) => ({
          id: `find-export-${id}`,
          title: reason,
          detail: number === null ? undefined : t('find.exportNumber', { number: String(number) }),
          act: () => go('exports', id),
        })),
    entries: !open('entries')
      ? []
      : entries.map(({ seq, at }) => ({
          id: `find-entry-${seq}`,
          title: t('audit.entryNumber', { seq }),
          detail: format.at(at, now),
          act: () => go('audit', String(seq)),
        })),
  }
}
