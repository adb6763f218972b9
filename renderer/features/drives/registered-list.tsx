// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form, Reason } from '../../components/form.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Registered = Result<Contract, 'media.registered'>['drives'][number]

/** Ends a registration, with a reason. */
const End = ({ drive, done, onClose }: { drive: Registered; done: () => Promise<void>; onClose: () => void }) => {
  const t = useText()
  const [reason, setReason] = useState('')
  const [action, run] = useAction()
  const blocked = reason.trim() === '' ? t('drives.needReason') : undefined
  const end = (): void =>
    run(async () => {
      await call('media.unregister', { id: drive.id, reason })
      await done()
    })
  return (
    <Dialog title={t('drives.endOf', { name: drive.label })} onClose={onClose}>
      <Form className="stack" blocked={blocked} send={end}>
        <Fault fault={action.fault} />
        <Reason label={t('drives.reason')} value={reason} change={setReason} />
        <div className="row end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked} showReason>
              {t('drives.end')}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}

/** The drives of the site; what has ended stays, with its reason. */
export const RegisteredList = ({
  drives,
  administrator,
  load,
}: {
  drives: readonly Registered[]
  administrator: boolean
  load: () => Promise<void>
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [ending, setEnding] = useState<Registered | undefined>(undefined)
  return (
    <section className="stack tight" aria-label={t('drives.list')}>
      <h2>{t('drives.list')}</h2>
      {drives.length === 0 && <p className="muted">{t('drives.empty')}</p>}
      <ul className="cards">
        {drives.map((drive) => (
          <li key={drive.id} className="card stack tight">
            <h3>{drive.label}</h3>
            <Status
              shape={drive.ended === null ? 'done' : 'ready'}
              tone={drive.ended === null ? 'good' : 'quiet'}
              word={t(drive.ended === null ? 'drives.counts' : 'drives.ended')}
            />
            <Facts
              facts={[
                [t('drives.owner'), drive.owner],
                [t('drives.serial'), <span className="mono">{drive.serial || '–'}</span>],
                [t('drives.volume'), <span className="mono">{drive.volume || '–'}</span>],
                [t('drives.by'), `${drive.by}, ${format.full(drive.at)}`],
                ...(drive.ended === null
                  ? []
                  : [
                      [t('drives.endedBy'), `${drive.ended.by}, ${format.full(drive.ended.at)}`] as const,
                      [t('drives.why'), drive.ended.reason] as const,
                    ]),
              ]}
            />
            {administrator && drive.ended === null && (
              <div>
                <Button onPress={() => setEnding(drive)}>{t('drives.endOne', { name: drive.label })}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {ending !== undefined && (
        <End
          drive={ending}
          onClose={() => setEnding(undefined)}
          done={async () => {
            setEnding(undefined)
            await load()
          }}
        />
      )}
    </section>
  )
}
