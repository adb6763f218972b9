// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Logo } from '../../components/logo.tsx'
import { Status } from '../../components/status.tsx'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { Clock, Language, Site } from './first-steps.tsx'
import { loadDraft, saveDraft, type Draft } from './draft.ts'
import { People } from './people-step.tsx'
import { Trust } from './trust-step.tsx'

const steps = ['language', 'site', 'clock', 'people', 'trust'] as const
type Step = (typeof steps)[number]

const stepAt = (index: number): Step => steps[Math.max(0, Math.min(index, steps.length - 1))] ?? 'language'

/** The first start: what the station needs before anybody can work. Each step is kept; leaving and coming back goes on. */
export const SetUp = ({ leave }: { leave: () => void }): ReactElement => {
  const t = useText()
  const peopleMade = useStation(({ status }) => status?.state !== 'setup')
  const [draft, setDraft] = useState<Draft>(loadDraft)
  const current: Step = peopleMade ? 'trust' : stepAt(Math.min(draft.step, 3))
  const change = (next: Partial<Draft>): void => {
    const changed = { ...draft, ...next }
    setDraft(changed)
    saveDraft(changed)
  }
  const goTo = (step: Step): void => change({ step: steps.indexOf(step) })
  const at = steps.indexOf(current)
  const ways = { next: () => goTo(stepAt(at + 1)), back: at > 0 ? () => goTo(stepAt(at - 1)) : undefined }
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
              <Status
                shape={index < at ? 'done' : step === current ? 'ready' : 'waiting'}
                tone="quiet"
                word={t(`setUp.${step}`)}
              />
            </li>
          ))}
        </ol>
      </nav>
      <main className="wizard-main">
        {current === 'language' && <Language ways={ways} />}
        {current === 'site' && <Site draft={draft} change={change} ways={ways} />}
        {current === 'clock' && <Clock ways={ways} />}
        {current === 'people' && <People draft={draft} change={change} ways={ways} />}
        {current === 'trust' && <Trust leave={leave} />}
      </main>
    </div>
  )
}
