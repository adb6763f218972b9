// SPDX-License-Identifier: Apache-2.0
import type { ReactElement, ReactNode } from 'react'
import { useSession } from '../state/session.ts'
import { useStation } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'

/**
 * A sheet of paper: the same head and foot on everything that is printed. A table carries them, because a table's head
 * and foot are what browsers repeat on every page.
 */
export const Sheet = ({
  title,
  copy = 1,
  foot,
  children,
}: {
  title: string
  copy?: number | undefined
  /** What stands on the foot of each page: the fingerprint of what this is about. */
  foot?: string
  children: ReactNode
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const status = useStation((state) => state.status)
  const person = useSession((state) => state.person)
  const now = status?.now ?? 0
  return (
    <table className="sheet" role="presentation">
      <thead>
        <tr>
          <td className="sheet-head">
            <b>{title}</b>
            {copy > 1 && <b className="sheet-copy">{t('print.copy', { copy })}</b>}
            <span>
              Airlock · {status?.site ?? ''} · {t('frame.station', { id: (status?.stationId ?? '').slice(0, 8) })}
            </span>
          </td>
        </tr>
      </thead>
      <tfoot>
        <tr>
          <td className="sheet-foot">
            <span>{t('print.by', { name: person?.name ?? '', at: format.full(now) })}</span>
            {foot !== undefined && <span className="mono">{foot}</span>}
          </td>
        </tr>
      </tfoot>
      <tbody>
        <tr>
          <td className="sheet-body stack">{children}</td>
        </tr>
      </tbody>
    </table>
  )
}

/** A line for somebody's hand. */
export const Line = ({ label }: { label: string }): ReactElement => (
  <p className="sheet-line">
    <span>{label}</span>
  </p>
)
