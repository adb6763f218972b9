// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Loading } from '../components/empty.tsx'
import { Fault } from '../components/fault.tsx'
import { LabelSheet } from './label-sheet.tsx'
import { RecordSheet } from './record-sheet.tsx'
import { useAction } from '../state/action.ts'
import { call } from '../state/connection.ts'
import { askPrint } from '../state/print.ts'
import { useText } from '../text/use-text.ts'
import { labelsOf, type RunRecord } from './records.ts'

/** Labels of a run: all of its updated devices, or some of them. */
const Labels = ({ id, onClose }: { id: string; onClose: () => void }): ReactElement => {
  const t = useText()
  const [action, act] = useAction()
  const [record, setRecord] = useState<RunRecord | undefined>(undefined)
  const [off, setOff] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => act(async () => setRecord(await call('records.get', { id }))), [id])
  const labels = record === undefined ? [] : labelsOf(record)
  const chosen = labels.filter(({ jobId }) => !off.has(jobId))
  const version = record?.run.version ?? ''
  const none = labels.length === 0 ? t('label.none') : t('label.choose')
  const blocked = record === undefined ? t('common.loading') : none
  const preview = (): void => {
    onClose()
    askPrint({
      kind: 'label',
      ids: chosen.map(({ jobId }) => jobId),
      title: t('label.title'),
      draw: (copies) => <LabelSheet labels={chosen} version={version} copies={copies} />,
    })
  }
  const choose = (jobId: string, on: boolean): void =>
    setOff(new Set(on ? [...off].filter((one) => one !== jobId) : [...off, jobId]))
  return (
    <Dialog
      title={t('label.title')}
      onClose={onClose}
      foot={
        <div>
          <Button kind="primary" blocked={chosen.length === 0 ? blocked : undefined} onPress={preview}>
            {chosen.length === 0 ? t('label.previewNone') : t('label.preview', { count: chosen.length })}
          </Button>
        </div>
      }
    >
      <Fault fault={action.fault} />
      <p>{t('label.lead')}</p>
      {record === undefined && action.fault === undefined && <Loading sentence={t('common.loading')} />}
      {labels.map(({ jobId, serial }) => (
        <Checkbox
          key={jobId}
          size="var(--in-row)"
          label={<span className="mono">{serial}</span>}
          checked={!off.has(jobId)}
          onChange={({ currentTarget }) => choose(jobId, currentTarget.checked)}
        />
      ))}
    </Dialog>
  )
}

/** Shows the record of a run as it prints. `name` tells it from other runs on the page. */
export const RecordButton = ({ id, name }: { id: string; name?: string | undefined }): ReactElement => {
  const t = useText()
  const [action, act] = useAction()
  const record = (): void =>
    act(async () => {
      const found = await call('records.get', { id })
      const title = t('record.title', { bundle: `${found.run.product} ${found.run.version}` })
      askPrint({ kind: 'record', ids: [id], title, draw: ([copy]) => <RecordSheet record={found} copy={copy} /> })
    })
  return (
    <>
      <Fault fault={action.fault} />
      <Button kind="in-row" busy={action.busy} onPress={record}>
        {t('record.print')}
        {name !== undefined && <span className="hidden-text"> {name}</span>}
      </Button>
    </>
  )
}

/** What a run leaves on paper: its record, and labels for its devices. `name` tells it from other runs on the page. */
export const PrintRun = ({ id, name }: { id: string; name?: string }): ReactElement => {
  const t = useText()
  const [open, setOpen] = useState(false)
  const of = name === undefined ? null : <span className="hidden-text"> {name}</span>
  return (
    <>
      <Button kind="in-row" onPress={() => setOpen(true)}>
        {t('label.open')}
        {of}
      </Button>
      <RecordButton id={id} name={name} />
      {open && <Labels id={id} onClose={() => setOpen(false)} />}
    </>
  )
}
