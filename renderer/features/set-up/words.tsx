// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Form } from '../../components/form.tsx'
import { shortDigest } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'

/** A policy that was read from a drive and is trusted by nobody yet. */
export type Reviewed = {
  readonly driveId: string
  readonly name: string
  readonly manifest: string
  readonly version: number
  readonly positions: readonly number[]
}

/** Four of the twelve words, at the places that the station has picked for this person. */
export const Words = ({
  reviewed,
  busy,
  confirm,
}: {
  reviewed: Reviewed
  busy: boolean
  confirm: (words: readonly { position: number; word: string }[]) => void
}): ReactElement => {
  const t = useText()
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const words = reviewed.positions.map((position) => ({ position, word: (typed[position] ?? '').trim().toLowerCase() }))
  const missing = words.some(({ word }) => word === '') ? t('setUp.wordsMissing') : undefined
  return (
    <Form className="stack" blocked={missing} send={() => confirm(words)}>
      <div className="card">
        <Facts
          facts={[
            [t('setUp.policyFile'), <span className="mono">{reviewed.name}</span>],
            [t('setUp.policyVersion'), String(reviewed.version)],
            [t('common.fingerprint'), <span className="mono">{shortDigest(reviewed.manifest)}</span>],
          ]}
        />
      </div>
      <p>{t('setUp.wordsLead')}</p>
      <div className="words">
        {reviewed.positions.map((position) => (
          <TextInput
            key={position}
            label={t('setUp.word', { position })}
            value={typed[position] ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget }) => setTyped({ ...typed, [position]: currentTarget.value })}
          />
        ))}
      </div>
      <div className="wizard-foot">
        <div>
          <Button kind="primary" type="submit" busy={busy} blocked={missing} showReason>
            {t('setUp.confirmWords')}
          </Button>
        </div>
      </div>
    </Form>
  )
}
