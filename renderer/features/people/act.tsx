// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { isPassable, PasswordField } from '../../components/password-field.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import type { Role } from '../../state/session.ts'
import { useText } from '../../text/use-text.ts'
import { Roles } from './roles.tsx'
import type { Account } from './account.ts'

/** What an administrator can do with an account. */
export const acts = ['unlock', 'rename', 'roles', 'password', 'leave', 'back'] as const
export type Act = (typeof acts)[number]

type Draft = {
  readonly reason: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly password: string
}

const does: Readonly<Record<Act, (id: string, draft: Draft) => Promise<unknown>>> = {
  rename: (id, { reason, name }) => call('people.rename', { id, reason, name }),
  roles: (id, { reason, roles }) => call('people.setRoles', { id, reason, roles: [...roles] }),
  password: (id, { reason, password }) => call('people.resetPassword', { id, reason, password }),
  unlock: (id, { reason }) => call('people.unlock', { id, reason }),
  leave: (id, { reason }) => call('people.deactivate', { id, reason }),
  back: (id, { reason }) => call('people.activate', { id, reason }),
}

/** One act: what it means, what it needs, and why it is done. */
export const ActDialog = ({
  act,
  account,
  done,
  onClose,
}: {
  act: Act
  account: Account
  done: () => void
  onClose: () => void
}): ReactElement => {
  const t = useText()
  const { name, roles, login, id } = account
  const [draft, setDraft] = useState<Draft>({ reason: '', name, roles, password: '' })
  const [action, run] = useAction()
  const blocked = (): string | undefined => {
    if (act === 'rename' && draft.name.trim() === '') return t('people.needName')
    if (act === 'roles' && draft.roles.length === 0) return t('people.needRole')
    if (act === 'password' && !isPassable(draft.password, login)) return t('password.incomplete')
    return draft.reason.trim() === '' ? t('people.needReason') : undefined
  }
  const title = t(`people.act.${act}`, { name })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form className="stack" blocked={blocked()} send={() => run(() => does[act](id, draft).then(done))}>
        <Fault fault={action.fault} />
        <p>{t(`people.does.${act}`)}</p>
        {act === 'rename' && (
          <TextInput
            label={t('people.newName')}
            value={draft.name}
            autoComplete="off"
            onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
          />
        )}
        {act === 'roles' && <Roles chosen={draft.roles} change={(next) => setDraft({ ...draft, roles: next })} />}
        {act === 'password' && (
          <PasswordField
            label={t('people.newPassword')}
            value={draft.password}
            login={login}
            change={(password) => setDraft({ ...draft, password })}
          />
        )}
        <TextInput
          label={t('people.reason')}
          value={draft.reason}
          maxLength={256}
          onChange={({ currentTarget }) => setDraft({ ...draft, reason: currentTarget.value })}
        />
        <div className="row end">
          <Button onPress={onClose}>{act === 'leave' ? t('people.keep') : t('common.cancel')}</Button>
          <div>
            <Button
              kind={act === 'leave' ? 'danger' : 'primary'}
              type="submit"
              busy={action.busy}
              blocked={blocked()}
              showReason
            >
              {title}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}
