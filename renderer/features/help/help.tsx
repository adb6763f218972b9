// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { closeOverlay } from '../../state/overlay.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useRoute, type Screen } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { railOf, readKeys, shortcuts } from '../../state/shortcuts.ts'
import { useText } from '../../text/use-text.ts'
import { findCodes, says, type FoundCode } from './search.ts'

/** What a page is for, how it goes, what its words mean. */
const Topic = ({ screen }: { screen: Screen }): ReactElement => {
  const t = useText()
  return (
    <section className="stack tight">
      <h2>{t(`screen.${screen}`)}</h2>
      <p>{t(`help.${screen}.for`)}</p>
      <h3>{t('help.steps')}</h3>
      <ol className="steps">
        {t(`help.${screen}.steps`)
          .split('\n')
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <h3>{t('help.words')}</h3>
      <ul className="help-words">
        {t(`help.${screen}.words`)
          .split('\n')
          .map((line) => (
            <li key={line}>{line}</li>
          ))}
      </ul>
    </section>
  )
}

const Keys = (): ReactElement => {
  const t = useText()
  const language = usePreferences((state) => state.language)
  const lines = [
    ['Alt+1 … Alt+9', t('help.key.screens')],
    ...(['find', 'primary', 'print', 'lock', 'help', 'region', 'regionBack', 'close'] as const).map(
      (name) => [readKeys(shortcuts[name], language), t(`help.key.${name}`)] as const,
    ),
    ['↑ ↓ ← →', t('help.key.list')],
    ['← →', t('help.key.record')],
  ] as const
  return (
    <section className="stack tight">
      <h2>{t('help.keys')}</h2>
      <dl className="help-keys">
        {lines.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd className="keys">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>{t('help.key.scan')}</p>
    </section>
  )
}

const Code = ({ found }: { found: FoundCode }): ReactElement => (
  <li className="card stack tight">
    <h3>
      <span className="mono">{found.number}</span> {found.headline}
    </h3>
    <p>{found.state}</p>
    <ol className="steps">
      {found.next.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <p className="muted small mono">{found.code}</p>
  </li>
)

const Results = ({ question, screens }: { question: string; screens: readonly Screen[] }): ReactElement => {
  const t = useText()
  const language = usePreferences((state) => state.language)
  const codes = findCodes(language, question)
  const topics = screens.filter((screen) =>
    says(
      `${t(`screen.${screen}`)} ${t(`help.${screen}.for`)} ${t(`help.${screen}.steps`)} ${t(`help.${screen}.words`)}`,
      question,
    ),
  )
  const count = codes.length + topics.length
  return (
    <>
      <p role="status" className={count === 0 ? 'muted' : 'hidden-text'}>
        {count === 0 ? t('help.none') : t('help.count', { count })}
      </p>
      {topics.map((screen) => (
        <Topic key={screen} screen={screen} />
      ))}
      {codes.length > 0 && (
        <section className="stack tight">
          <h2>{t('help.codes')}</h2>
          <ul className="stack tight">
            {codes.map((found) => (
              <Code key={found.code} found={found} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** The help: of the open page first, and everything in it found by a word or a code. It needs no network. */
export const Help = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const open = useRoute((state) => state.screen)
  const [screen, setScreen] = useState<Screen>(open)
  const [question, setQuestion] = useState('')
  const screens = railOf(person.roles)
  return (
    <Dialog title={t('help.title')} onClose={closeOverlay} size={860} top>
      <TextInput
        label={t('help.search')}
        placeholder={t('help.searchHint')}
        maxLength={64}
        data-autofocus
        autoFocus
        value={question}
        onChange={({ currentTarget }) => setQuestion(currentTarget.value)}
      />
      <nav className="row" aria-label={t('help.pages')}>
        {screens.map((name) => (
          <button
            key={name}
            type="button"
            className="btn in-row"
            aria-current={name === screen && question === '' ? 'page' : undefined}
            onClick={() => {
              setQuestion('')
              setScreen(name)
            }}
          >
            {t(`screen.${name}`)}
          </button>
        ))}
      </nav>
      <div className="help stack" tabIndex={0} role="region" aria-label={t('help.title')}>
        {question.trim() === '' ? (
          <>
            <Topic screen={screen} />
            <Keys />
          </>
        ) : (
          <Results question={question} screens={screens} />
        )}
      </div>
    </Dialog>
  )
}
