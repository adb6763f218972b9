// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { useSession } from '../state/session.ts'
import { refreshAll, type WaitingPolicy, type Withdrawal } from '../state/station.ts'
import { canSign, isOwn } from '../state/waiting.ts'
import { useText } from '../text/use-text.ts'
import { SignedFacts } from './signed-facts.tsx'
import { Statement, type Act } from './statement.tsx'

/** What waits for a second person: for whoever may sign the form, for whoever came first and all others who it is. */
export const SecondSignature = ({
  thing,
  own,
  acts,
}: {
  thing: Withdrawal | WaitingPolicy
  /** What is said to the person who came first. */
  own: string
  acts: readonly Act[]
}): ReactElement | null => {
  const t = useText()
  const person = useSession((state) => state.person)
  if (person === undefined) return null
  if (canSign(person, thing))
    return (
      <>
        <SignedFacts name={person.name} contentDigest={thing.content} />
        <Statement
          acts={acts.map(({ name, say }) => ({
            name,
            say: (...words) => say(...words).finally(() => void refreshAll()),
          }))}
        />
      </>
    )
  const roles = thing.signers.map((role) => t(`role.${role}`)).join(', ')
  return <p className="muted small">{isOwn(person, thing) ? own : t('withdrawal.notYours', { roles })}</p>
}
