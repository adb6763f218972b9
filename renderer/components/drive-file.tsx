// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { isErrorCode } from '../../shared/error-codes.ts'
import { useAction } from '../state/action.ts'
import { startImport, useBundleStates, type ImportState } from '../state/imports.ts'
import type { Person } from '../state/session.ts'
import { useStation, type Drive } from '../state/station.ts'
import { useErrorText } from '../text/error-text.ts'
import { reasonOf } from '../text/error-words.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Fault } from './fault.tsx'
import { Progress } from './progress.tsx'
import { Refusal } from './refusal.tsx'
import { Status } from './status.tsx'

/** Who may take bundles in. */
const mayImport = ({ roles }: Person): boolean => roles.includes('technician') || roles.includes('administrator')

/** Why nothing can be imported now, in words: who asks, or what is wrong with the station; undefined where it can. */
export const useImportBlocked = (person: Person): string | undefined => {
  const t = useText()
  const status = useStation((state) => state.status)
  if (!mayImport(person)) return t('drive.mayNot')
  if (status === undefined) return undefined
  const { clock, storage, audit } = status
  if (audit.code !== null) return t('bench.locked')
  if (clock.state === 'behind' || clock.state === 'ahead') return t('drive.clock')
  return storage.state === 'full' || storage.state === 'reserve' ? t('drive.noRoom') : undefined
}

/** What a good bundle says of itself, or why a bad one is refused. */
const Reason = ({ state }: { state: ImportState }): ReactElement | null => {
  const t = useText()
  const textOf = useErrorText()
  if (state.kind === 'refused') {
    const { code } = state.result.verdict
    if (code === undefined || !isErrorCode(code)) return null
    // The line says "Refused" already.
    return <p className="small">{reasonOf(textOf(code).headline, t('refusal.title'))}</p>
  }
  if (state.kind !== 'verified' || state.check.bundle === null) return null
  const { product, version, models } = state.check.bundle
  return <p className="small">{t('drive.says', { product, version, models: models.join(', ') })}</p>
}

const Line = ({ state }: { state: ImportState }): ReactElement => {
  const t = useText()
  const format = useFormat()
  switch (state.kind) {
    case 'new':
      return <Status shape="ready" tone="quiet" word={t('drive.new')} />
    case 'checking':
      return <Status shape="checking" tone="active" word={t('drive.looking', { part: format.percent(state.part) })} />
    case 'verified':
      return <Status shape="done" tone="good" word={t('drive.verified')} />
    case 'present':
      return <Status shape="upToDate" tone="quiet" word={t('drive.present')} />
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
const DriveFile = ({
  drive,
  file,
  state,
  person,
}: {
  drive: Drive
  file: Drive['files'][number]
  state: ImportState
  person: Person
}): ReactElement => {
  const t = useText()
  const { size } = useFormat()
  const [action, run] = useAction()
  const [open, setOpen] = useState(false)
  const blocked = useImportBlocked(person)
  const excepted = useStation(({ overrides = [] }) =>
    overrides.some(
      ({ kind, entry, decision }) =>
        decision?.granted === true &&
        state.kind === 'refused' &&
        (kind === 'policy-expired' ? state.result.verdict.code === 'policy.expired' : entry === state.result.entry),
    ),
  )
  const begin = (): void => run(() => startImport(drive.id, file.name))
  return (
    <li className="drive-file">
      <div className="grow">
        <p className="mono strong file-name">{file.name}</p>
        <p className="row">
          <Line state={state} />
          <span className="muted small">{size(file.size)}</span>
        </p>
        <Reason state={state} />
        {(state.kind === 'running' || state.kind === 'checking') && (
          <Progress part={state.part} tone="active" label={file.name} />
        )}
        {state.kind === 'failed' && <Fault fault={state.fault} />}
        <Fault fault={action.fault} />
      </div>
      {mayImport(person) &&
        (state.kind === 'new' || state.kind === 'verified' || state.kind === 'failed' || excepted) && (
          <Button kind="in-row" busy={action.busy} blocked={blocked} onPress={begin}>
            {t(state.kind === 'failed' || excepted ? 'drive.again' : 'drive.import')}
            <span className="hidden-text"> {file.name}</span>
          </Button>
        )}
      {state.kind === 'refused' && !excepted && (
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

/** The bundles of a drive, one line each. */
export const DriveFiles = ({ drive, person }: { drive: Drive; person: Person }): ReactElement => (
  <ul className="drive-files">
    {useBundleStates(drive).map(({ file, state }) => (
      <DriveFile key={file.name} drive={drive} file={file} state={state} person={person} />
    ))}
  </ul>
)
