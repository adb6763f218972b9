// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { isPassable } from '../../components/password-field.tsx'
import { nobody, PersonFields } from '../../components/person-fields.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import type { Role } from '../../state/session.ts'
import { useText } from '../../text/use-text.ts'
import { Roles } from './roles.tsx'

/** Somebody new, with a password that serves for the first sign-in. */
export const Add = ({ done, onClose }: { done: () => void; onClose: () => void }): ReactElement => {
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
      await call('people.create', { ...person, roles: [...chosen], temporary: true })
      done()
    })
  return (
    <Dialog title={t('people.add')} onClose={onClose}>
      <Form className="stack" blocked={blocked()} send={add}>
        <Fault fault={action.fault} />
        <PersonFields person={person} change={setPerson} passwordLabel={t('people.newPassword')} />
        <p className="muted">{t('people.temporary')}</p>
        <Roles chosen={chosen} change={setChosen} />
        <div className="row end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked()} showReason>
              {person.name === '' ? t('people.add').replace(/…$/, '') : t('people.addNamed', { name: person.name })}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}
