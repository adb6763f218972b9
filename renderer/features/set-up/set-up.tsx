// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Logo } from '../../components/logo.tsx'
import { Status } from '../../components/status.tsx'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { Clock, Language, Site } from './first-steps.tsx'
import { Check } from './check-step.tsx'
import { endDraft, loadDraft, saveDraft, type Draft } from './draft.ts'
import { People } from './people-step.tsx'
import { Ports } from './ports-step.tsx'
import { Storage } from './storage-step.tsx'
import { Trust } from './trust-step.tsx'

/** Until there are people nobody can sign in; what needs a person comes after them. */
const alone = ['language', 'site', 'clock', 'storage', 'people'] as const
const together = ['trust', 'ports', 'check'] as const
const steps = [...alone, ...together] as const
type Name = (typeof steps)[number]

/** Steps that can be gone back to once the people are there: what was written down then stands. */
const still: readonly Name[] = ['language', 'clock', ...together]

const isKnown = (name: string | undefined, known: readonly Name[]): name is Name => known.some((one) => one === name)

/** The first start: what the station needs before anybody can work. Each step is kept; leaving and coming back goes on. */
export const SetUp = ({ leave }: { leave: () => void }): ReactElement => {
  const t = useText()
  const made = useStation(({ status }) => status?.state !== 'setup')
  const trusted = useStation(({ status }) => status?.trust !== null)
  const [draft, setDraft] = useState<Draft>(loadDraft)
  const open = made ? still.filter((name) => (name !== 'check' && name !== 'ports') || trusted) : alone
  const current: Name = isKnown(draft.step, open) ? draft.step : made ? 'trust' : 'language'
  const change = (next: Partial<Draft>): void => {
    const changed = { ...draft, ...next }
    setDraft(changed)
    saveDraft(changed)
  }
  const at = steps.indexOf(current)
  const before = open.filter((name) => steps.indexOf(name) < at)
  const goTo = (step: Name | undefined): void => (step === undefined ? undefined : change({ step }))
  // The next one may be open only once this step is done: whether it is decides where the page stands, not this.
  const after = (made ? still : steps).find((name) => steps.indexOf(name) > at)
  const ways = { next: () => goTo(after), back: before.length > 0 ? () => goTo(before.at(-1)) : undefined }
  const end = (): void => {
    endDraft()
    leave()
  }
  return (
    <div className="wizard">
      <nav className="wizard-steps" aria-label={t('setUp.steps')}>
        <div className="rail-mark">
          <Logo />
          <span>Airlock</span>
        </div>
        <ol>
          {steps.map((step, index) => (
            <li key={step} aria-current={step === current ? 'step' : undefined}>
              {before.includes(step) ? (
                <button type="button" className="wizard-step" onClick={() => goTo(step)}>
                  <Status shape="done" tone="quiet" word={t(`setUp.${step}`)} />
                </button>
              ) : (
                <Status
                  shape={index < at ? 'done' : step === current ? 'ready' : 'waiting'}
                  tone="quiet"
                  word={t(`setUp.${step}`)}
                />
              )}
            </li>
          ))}
        </ol>
      </nav>
      <main className="wizard-main">
        {current === 'language' && <Language ways={ways} />}
        {current === 'site' && <Site draft={draft} change={change} ways={ways} />}
        {current === 'clock' && <Clock ways={ways} />}
        {current === 'storage' && <Storage draft={draft} change={change} ways={ways} />}
        {current === 'people' && <People draft={draft} change={change} ways={ways} />}
        {current === 'trust' && <Trust ways={ways} leave={leave} />}
        {current === 'ports' && <Ports ways={ways} />}
        {current === 'check' && <Check ways={{ ...ways, next: end }} />}
      </main>
    </div>
  )
}
