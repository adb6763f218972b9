// SPDX-License-Identifier: Apache-2.0
import { IconPlayerEject, IconX } from '@tabler/icons-react'
import { useEffect, type ReactElement } from 'react'
import { Button, IconButton } from './components/button.tsx'
import { DriveChoice } from './components/drive-choice.tsx'
import { DriveFiles, useImportBlocked } from './components/drive-file.tsx'
import { Fault } from './components/fault.tsx'
import { Notice } from './components/notice.tsx'
import { AirlockError } from '../shared/errors.ts'
import { mayEject } from './drive-chip.tsx'
import { useAction } from './state/action.ts'
import { closeDriveSheet, eject, isUsable, useDriveSheet } from './state/drives.ts'
import { isDoneWith, startImport, useBundleStates, type ImportState } from './state/imports.ts'
import type { Person } from './state/session.ts'
import { useStation, type Drive } from './state/station.ts'
import { useFormat, useText } from './text/use-text.ts'

/** What cannot be worked with, in the words of its code. */
const faultOf = ({ state, name, admitted }: Drive): AirlockError | undefined => {
  if (state === 'silent' || state === 'unreadable') return new AirlockError(`medium.${state}`, { drive: name })
  if (state === 'input-device') return new AirlockError('medium.input-device')
  if (!admitted) return new AirlockError('medium.not-allowed', { drive: name })
  return state === 'nothing' ? new AirlockError('medium.nothing-here') : undefined
}

const count = (states: readonly { state: ImportState }[], ...kinds: readonly ImportState['kind'][]): number =>
  states.filter(({ state }) => kinds.includes(state.kind)).length

/** One sentence of truth about the bundles, said aloud when it changes. */
const useSentence = (states: readonly { state: ImportState }[]): string => {
  const t = useText()
  const all = states.length
  if (all === 0) return ''
  const fresh = count(states, 'new')
  if (fresh === all) return t('media.notChecked', { count: all })
  // They are looked at one after the other: between two of them it goes on.
  if (fresh > 0 || count(states, 'checking') > 0) return t('media.checking', { count: all })
  return t('media.found', {
    count: all,
    good: count(states, 'verified', 'running', 'accepted'),
    bad: count(states, 'refused'),
    known: count(states, 'present'),
  })
}

const Content = ({ drive, listed, person }: { drive: Drive; listed: boolean; person: Person }): ReactElement => {
  const t = useText()
  const { size } = useFormat()
  const states = useBundleStates(drive)
  const sentence = useSentence(states)
  const [action, run] = useAction()
  const mayNot = useImportBlocked(person)
  const good = states.filter(({ state }) => state.kind === 'verified')
  const blocked = (): string | undefined => {
    if (mayNot !== undefined) return mayNot
    if (count(states, 'running') > 0) return t('media.state.in-use')
    if (good.length > 0) return undefined
    const open = count(states, 'new', 'checking')
    return open > 0 ? t('media.checking', { count: open }) : t('media.nothingToImport')
  }
  const importAll = (): void =>
    run(async () => {
      for (const { file } of good) await startImport(drive.id, file.name)
    })
  // A list to choose from says the room already.
  const room = [
    drive.total > 0 && !listed && t('media.room', { total: size(drive.total), free: size(drive.free) }),
    drive.total > 0 && drive.readOnly && t('media.readOnly'),
    drive.total > 0 && drive.free < 65_536 && isUsable(drive) && t('media.full'),
  ].filter((one) => one !== false)
  return (
    <>
      {room.length > 0 && <p className="muted small">{room.join(' · ')}</p>}
      <p className="muted small">
        {drive.registered === null ? t('drives.unknown') : t('drives.known', drive.registered)}
      </p>
      <Fault fault={faultOf(drive)} />
      {drive.state === 'reading' && <p className="muted">{t('media.state.reading')}</p>}
      {drive.state === 'in-use' && states.length === 0 && <p className="strong">{t('media.state.in-use')}</p>}
      <p role="status" className="strong">
        {sentence}
      </p>
      {states.length > 0 && <DriveFiles drive={drive} person={person} />}
      {isDoneWith(drive, states) && <Notice tone="good" title={t('media.imported')} live />}
      <Fault fault={action.fault} />
      <div className="panel-foot">
        {states.length > 0 && (
          <div>
            <Button kind="primary" wide blocked={blocked()} showReason busy={action.busy} onPress={importAll}>
              {good.length > 1 ? t('media.import', { count: good.length }) : t('media.importOne')}
            </Button>
          </div>
        )}
        {drive.state !== 'input-device' && drive.state !== 'silent' && mayEject(person) && (
          <Button
            wide
            icon={<IconPlayerEject size={22} aria-hidden />}
            blocked={drive.state === 'in-use' ? t('media.state.in-use') : undefined}
            busy={action.busy}
            onPress={() => run(() => eject(drive))}
          >
            {t('media.eject', { name: drive.name })}
          </Button>
        )}
      </div>
    </>
  )
}

const Gone = (): ReactElement | null => {
  const t = useText()
  const { pulled, released } = useDriveSheet()
  if (pulled !== undefined)
    return (
      <Notice tone="bad" title={t('media.pulled', { name: pulled.name })} live>
        <p>{t(pulled.writing ? 'media.pulledWriting' : 'media.pulledMore')}</p>
      </Notice>
    )
  if (released === undefined) return null
  return (
    <Notice tone="good" title={t(`media.${released.outcome}`, { name: released.name })} live>
      <p>{t(`media.${released.outcome}More`)}</p>
    </Notice>
  )
}

/** Slides over the right panel when a drive is plugged in; what is on it, and the one next step. */
export const DriveSheet = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const { open, chosen } = useDriveSheet()
  const drives = useStation((state) => state.drives) ?? []
  useEffect(() => {
    if (!open) return
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) closeDriveSheet()
    }
    window.addEventListener('keydown', close)
    return () => window.removeEventListener('keydown', close)
  }, [open])
  if (!open) return null
  const drive = drives.find(({ id }) => id === chosen) ?? (drives.length === 1 ? drives[0] : undefined)
  return (
    <section className="drive-sheet" aria-label={t('media.sheet')}>
      <div className="row apart">
        <h2>{drive?.name ?? t('media.sheet')}</h2>
        <IconButton name={t('common.close')} onPress={closeDriveSheet}>
          <IconX size={22} aria-hidden />
        </IconButton>
      </div>
      <Gone />
      {drives.length > 1 && (
        <DriveChoice drives={drives} chosen={drive?.id} choose={(id) => useDriveSheet.setState({ chosen: id })} />
      )}
      {drives.length === 0 && <p className="muted">{t('media.none')}</p>}
      {drive !== undefined && <Content key={drive.id} drive={drive} listed={drives.length > 1} person={person} />}
    </section>
  )
}
