// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, NumberInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { useDrive, useNotWritable } from '../components/drive-choice.tsx'
import { Loading } from '../components/empty.tsx'
import { Fault } from '../components/fault.tsx'
import { Notice } from '../components/notice.tsx'
import { useAction } from '../state/action.ts'
import { call } from '../state/connection.ts'
import { isUsable } from '../state/drives.ts'
import { usePreferences } from '../state/preferences.ts'
import { closePrint, usePrint, type Printable } from '../state/print.ts'
import { useStation } from '../state/station.ts'
import { useText } from '../text/use-text.ts'

type Paper = 'a4' | 'letter' | 'label'

const Choices = ({
  paper,
  setPaper,
  count,
  setCount,
}: {
  paper: Paper
  setPaper: (paper: Paper) => void
  count: number
  setCount: (count: number) => void
}): ReactElement => {
  const t = useText()
  return (
    <div className="row">
      {paper !== 'label' && (
        <NativeSelect
          label={t('print.paper')}
          value={paper}
          data={[
            { value: 'a4', label: 'A4' },
            { value: 'letter', label: 'Letter' },
          ]}
          onChange={({ currentTarget }) => setPaper(currentTarget.value === 'letter' ? 'letter' : 'a4')}
        />
      )}
      <NumberInput
        label={t('print.count')}
        min={1}
        max={50}
        allowDecimal={false}
        hideControls
        value={count}
        onChange={(value) => setCount(Math.max(1, Math.min(50, Number(value) || 1)))}
      />
    </div>
  )
}

/** What will be on the paper, then the paper: the same elements are drawn for the eye and, out of sight, for the printer. */
const Preview = ({ asked }: { asked: Printable }): ReactElement => {
  const t = useText()
  const language = usePreferences((state) => state.language)
  const drives = (useStation((state) => state.drives) ?? []).filter(isUsable)
  const { drive, choice } = useDrive(drives)
  const notWritable = useNotWritable(drives, drive)
  const [paper, setPaper] = useState<Paper>(asked.kind === 'label' ? 'label' : 'a4')
  const [count, setCount] = useState(1)
  const [done, setDone] = useState<string | undefined>(undefined)
  const [action, run] = useAction()
  const [sheets, setSheets] = useState<readonly { id: string; copy: number }[] | undefined>(undefined)
  const { kind, ids } = asked
  useEffect(() => run(async () => setSheets((await call('print.copies', { kind, ids: [...ids] })).copies)), [kind, ids])
  const copies = sheets?.map(({ copy }) => copy)
  const again = Math.max(1, ...(copies ?? []))
  const drawn = copies === undefined ? undefined : asked.draw(copies)
  const off = copies === undefined ? t('common.loading') : undefined
  const print = (): void =>
    run(async () => {
      await call('print.start', { kind, sheets: [...(sheets ?? [])], paper, count })
      setDone(t('print.done'))
    })
  const save = (): void =>
    run(async () => {
      if (drive === undefined) return
      const { name } = await call('print.save', { kind, sheets: [...(sheets ?? [])], driveId: drive.id })
      setDone(t('print.saved', { name, drive: drive.name }))
    })
  return (
    <Dialog
      title={t('print.title', { title: asked.title })}
      onClose={closePrint}
      size={900}
      foot={
        <>
          {done === undefined && <Button onPress={closePrint}>{t('common.close')}</Button>}
          {/* What is done, and that something is being loaded, is said elsewhere. */}
          <Button
            busy={action.busy}
            blocked={done ?? off ?? notWritable}
            showReason={done === undefined && off === undefined}
            onPress={save}
          >
            {t('print.save')}
          </Button>
          {/* The same button: a glove that bounces does not close what it has just printed. */}
          <Button kind="primary" busy={action.busy} blocked={off} onPress={done === undefined ? print : closePrint}>
            {t(done === undefined ? 'print.print' : 'common.close')}
          </Button>
        </>
      }
    >
      <Fault fault={action.fault} />
      {done !== undefined && <Notice tone="good" title={done} live />}
      {again > 1 && done === undefined && (
        <Notice tone="attention" title={t('print.again', { copy: again })}>
          <p>{t('print.marked')}</p>
        </Notice>
      )}
      {done === undefined && (
        <>
          <Choices paper={paper} setPaper={setPaper} count={count} setCount={setCount} />
          {choice}
        </>
      )}
      {drawn === undefined ? (
        <Loading sentence={t('common.loading')} />
      ) : (
        <div className={`preview ${paper}`} tabIndex={0} role="region" aria-label={t('print.preview')}>
          {drawn}
        </div>
      )}
      {createPortal(<div className={`paper ${paper} ${language}`}>{drawn}</div>, document.body)}
    </Dialog>
  )
}

/** The preview of whatever somebody wants on paper. */
export const PrintPreview = (): ReactElement | null => {
  const asked = usePrint((state) => state.asked)
  return asked === undefined ? null : <Preview key={asked.title} asked={asked} />
}
