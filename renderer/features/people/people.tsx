// SPDX-License-Identifier: Apache-2.0
import { Checkbox, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { isPassable } from '../../components/password-rules.ts'
import { nobody, PersonFields } from '../../components/person-fields.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import type { Person, Role } from '../../state/session.ts'
import { useText } from '../../text/use-text.ts'

const roles: readonly Role[] = ['technician', 'officer', 'administrator', 'auditor', 'developer']

const Add = ({ done, onClose }: { done: () => void; onClose: () => void }): ReactElement => {
  const t = useText()
  const [person, setPerson] = useState(nobody)
  const [chosen, setChosen] = useState<readonly Role[]>(['technician'])
  const [action, run] = useAction()
  const blocked = (): string | undefined => {
    if (person.name.trim() === '' || person.login === '' || !isPassable(person.password, person.login))
      return t('people.incomplete')
    return chosen.length === 0 ? t('people.needRole') : undefined
  }
  const add = (): void =>
    run(async () => {
      await call('people.create', { ...person, roles: [...chosen] })
      done()
    })
  return (
    <Dialog title={t('people.add')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked() === undefined) add()
        }}
      >
        <Fault fault={action.fault} />
        <PersonFields person={person} change={setPerson} />
        <fieldset className="card">
          <legend>{t('people.roles')}</legend>
          <div className="stack tight">
            {roles.map((role) => (
              <Checkbox
                key={role}
                label={t(`role.${role}`)}
                checked={chosen.includes(role)}
                onChange={({ currentTarget }) =>
                  setChosen(currentTarget.checked ? [...chosen, role] : chosen.filter((one) => one !== role))
                }
              />
            ))}
          </div>
        </fieldset>
        <div className="row end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked()} showReason>
              {t('people.addNamed', { name: person.name === '' ? '…' : person.name })}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  )
}

const Leave = ({ person, done, onClose }: { person: Person; done: () => void; onClose: () => void }): ReactElement => {
  const t = useText()
  const [reason, setReason] = useState('')
  const [action, run] = useAction()
  return (
    <Dialog
      title={t('people.leaveTitle', { name: person.name })}
      onClose={onClose}
      foot={
        <>
          <Button
            kind="danger"
            busy={action.busy}
            blocked={reason.trim() === '' ? t('people.needReason') : undefined}
            onPress={() =>
              run(async () => {
                await call('people.deactivate', { id: person.id, reason })
                done()
              })
            }
          >
            {t('people.leave', { name: person.name })}
          </Button>
          <Button kind="primary" onPress={onClose} autoFocus>
            {t('people.keep')}
          </Button>
        </>
      }
    >
      <Fault fault={action.fault} />
      <p>{t('people.leaveText')}</p>
      <TextInput
        label={t('sign.reason')}
        value={reason}
        maxLength={256}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </Dialog>
  )
}

/** Who may do what here. Nobody is deleted; who has gone is marked as left. */
export const People = ({ person: self }: { person: Person }): ReactElement => {
  const t = useText()
  const [people, setPeople] = useState<readonly Person[] | undefined>(undefined)
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Person | undefined>(undefined)
  const [action, run] = useAction()
  const load = (): void => run(async () => setPeople((await call('people.list', {})).people))
  useEffect(load, [])
  const administrator = self.roles.includes('administrator')
  const done = (): void => {
    setAdding(false)
    setLeaving(undefined)
    load()
  }
  return (
    <main className="main">
      <PageHead
        title={t('screen.people')}
        lead={t('people.lead', { count: people?.filter(({ active }) => active).length ?? 0 })}
      >
        <Button
          kind="primary"
          blocked={administrator ? undefined : t('people.onlyAdministrator')}
          onPress={() => setAdding(true)}
        >
          {t('people.add')}
        </Button>
      </PageHead>
      <Fault fault={action.fault} />
      {people === undefined && action.busy && <Loading sentence={t('common.loading')} />}
      {people !== undefined && (
        <section className="card flush" aria-label={t('screen.people')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('person.name')}</th>
                <th scope="col">{t('person.login')}</th>
                <th scope="col">{t('people.roles')}</th>
                <th scope="col">{t('people.state')}</th>
                <th scope="col">
                  <span className="hidden-text">{t('people.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.name}</th>
                  <td className="mono">{one.login}</td>
                  <td>{one.roles.map((role) => t(`role.${role}`)).join(', ')}</td>
                  <td>
                    <Status
                      shape={one.active ? 'done' : 'aside'}
                      tone={one.active ? 'good' : 'quiet'}
                      word={t(one.active ? 'people.active' : 'people.left')}
                    />
                  </td>
                  <td>
                    {administrator && one.active && one.id !== self.id && (
                      <Button kind="in-row" onPress={() => setLeaving(one)}>
                        {t('people.markLeft')}
                        <span className="hidden-text"> {one.name}</span>
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {adding && <Add done={done} onClose={() => setAdding(false)} />}
      {leaving !== undefined && <Leave person={leaving} done={done} onClose={() => setLeaving(undefined)} />}
    </main>
  )
}
