// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { useAction } from '../state/action.ts'
import { startImport, useImport, type ImportState } from '../state/imports.ts'
import type { Person } from '../state/session.ts'
import type { Drive } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Fault } from './fault.tsx'
import { Progress } from './progress.tsx'
import { Refusal } from './refusal.tsx'
import { Status } from './status.tsx'

/** Who may take bundles in. */
export const mayImport = ({ roles }: Person): boolean => roles.includes('technician') || roles.includes('administrator')

const Line = ({ state }: { state: ImportState }): ReactElement => {
  const t = useText()
  const format = useFormat()
  switch (state.kind) {
    case 'new':
      return <Status shape="ready" tone="quiet" word={t('drive.new')} />
    case 'running':
      return <Status shape="checking" tone="active" word={t('drive.checking', { part: format.percent(state.part) })} />
    case 'accepted':
      return (
        <Status
          shape="done"
          tone="good"
          word={t(state.result.alreadyPresent ? 'drive.present' : 'drive.imported', {
            version: state.result.bundle?.version ?? '',
          })}
        />
      )
    case 'refused':
      return <Status shape="notSuitable" tone="bad" word={t('drive.refused')} />
    case 'failed':
      return <Status shape="octagon" tone="bad" word={t('drive.failed')} />
  }
}

/** One bundle on a drive: exactly one result line, and the one thing to do about it. */
export const DriveFile = ({
  drive,
  file,
  person,
}: {
  drive: Drive
  file: Drive['files'][number]
  person: Person
}): ReactElement => {
  const t = useText()
  const { size } = useFormat()
  const state = useImport(drive.id, file.name)
  const [action, run] = useAction()
  const [open, setOpen] = useState(false)
  const begin = (): void => run(() => startImport(drive.id, file.name))
  return (
    <li className="drive-file">
      <div className="grow">
        <p className="mono strong file-name">{file.name}</p>
        <p className="row">
          <Line state={state} />
          <span className="muted small">{size(file.size)}</span>
        </p>
        {state.kind === 'running' && <Progress part={state.part} tone="active" label={file.name} />}
        {state.kind === 'failed' && <Fault fault={state.fault} />}
        <Fault fault={action.fault} />
      </div>
      {(state.kind === 'new' || state.kind === 'failed') && (
        <Button
          kind="in-row"
          busy={action.busy}
          blocked={mayImport(person) ? undefined : t('drive.mayNot')}
          onPress={begin}
        >
          {t(state.kind === 'new' ? 'drive.import' : 'drive.again')}
          <span className="hidden-text"> {file.name}</span>
        </Button>
      )}
      {state.kind === 'refused' && (
        <Button kind="in-row" onPress={() => setOpen(true)}>
          {t('drive.what')}
          <span className="hidden-text"> {file.name}</span>
        </Button>
      )}
      {open && state.kind === 'refused' && (
        <Refusal name={file.name} drive={drive.name} result={state.result} onClose={() => setOpen(false)} />
      )}
    </li>
  )
}
