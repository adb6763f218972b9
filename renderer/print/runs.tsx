// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Loading } from '../components/empty.tsx'
import { Fault } from '../components/fault.tsx'
import { useAction } from '../state/action.ts'
import { call } from '../state/connection.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { PrintRun } from './print-run.tsx'
import type { RunLine } from './records.ts'

/** Runs that a person looks back on in this list; the log has all of them. */
const mostRuns = 50

const Runs = ({ onClose }: { onClose: () => void }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [action, act] = useAction()
  const [runs, setRuns] = useState<readonly RunLine[] | undefined>(undefined)
  useEffect(() => act(async () => setRuns((await call('records.list', { limit: mostRuns })).runs)), [])
  return (
    <Dialog title={t('records.title')} onClose={onClose} size={900}>
      <Fault fault={action.fault} />
      {runs === undefined && action.fault === undefined && <Loading sentence={t('common.loading')} />}
      {runs?.length === 0 && (
        <p className="muted">
          {t('records.none')} {t('records.noRun')}
        </p>
      )}
      <ul className="lines">
        {runs?.map(({ id, product, version, startedAt, updated, devices }) => (
          <li key={id}>
            <div className="grow">
              <p className="strong">{`${product} ${version}`}</p>
              <p className="muted small">
                {format.full(startedAt)} · {t('record.updatedOf', { updated, devices })}
              </p>
            </div>
            <PrintRun id={id} name={format.full(startedAt)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

/** Opens the records of the runs that were made here. */
export const RunsButton = (): ReactElement => {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('records.open')}</Button>
      {open && <Runs onClose={() => setOpen(false)} />}
    </>
  )
}
