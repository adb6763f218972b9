// SPDX-License-Identifier: Apache-2.0
import { Textarea, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { useText } from '../../text/use-text.ts'
import { wordsOf } from './review-model.ts'

/** Names that must never leave: people, hosts, lines, customers. The list takes the place of the one before. */
export const Names = ({ onClose }: { onClose: () => void }): ReactElement => {
  const t = useText()
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const [kept, setKept] = useState<number | undefined>(undefined)
  const [action, run] = useAction()
  const words = wordsOf(text)
  const keep = (): void => run(async () => setKept((await call('dictionary.set', { words: [...words], reason })).words))
  const blocked = (): string | undefined => {
    if (words.length === 0) return t('names.needWords')
    return reason.trim() === '' ? t('people.needReason') : undefined
  }
  return (
    <Dialog title={t('names.open')} onClose={onClose}>
      <Form className="stack" blocked={blocked()} send={keep}>
        <Fault fault={action.fault} />
        {kept !== undefined && <Notice tone="good" title={t('names.kept', { count: kept })} live />}
        <p className="muted">{t('names.lead')}</p>
        <Textarea
          label={t('names.words')}
          description={t('names.hint')}
          rows={8}
          value={text}
          spellCheck={false}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <TextInput
          label={t('sign.reason')}
          value={reason}
          maxLength={256}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <div className="row end">
          <Button onPress={onClose}>{t('common.close')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked()} showReason>
              {t('names.keep', { count: words.length })}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}
