// SPDX-License-Identifier: Apache-2.0
import {
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconEyeOff,
  IconHash,
  IconRulerMeasure,
  IconTrash,
} from '@tabler/icons-react'
import { useState, type KeyboardEvent, type ReactElement } from 'react'
import { IconButton } from '../../components/button.tsx'
import { useText } from '../../text/use-text.ts'
import { pairsOf, type Pair, type Preview } from './review-model.ts'

const Rule = ({ fate }: { fate: Pair['fate'] }): ReactElement => {
  const t = useText()
  const Icon = { kept: IconCheck, coded: IconHash, rounded: IconRulerMeasure, removed: IconTrash }[fate]
  return (
    <span className={`status ${fate === 'coded' || fate === 'rounded' ? 'tone-active' : 'tone-quiet'}`}>
      <Icon size={18} stroke={1.8} aria-hidden />
      {t(`review.fate.${fate}`)}
    </span>
  )
}

const Row = ({ pair }: { pair: Pair }): ReactElement => {
  const t = useText()
  return (
    <tr>
      <th scope="row" translate="no">
        {pair.field}
      </th>
      <td className={`mono ${pair.fate === 'removed' ? 'muted' : ''}`}>{pair.before === '' ? '–' : pair.before}</td>
      <td className="leaves">
        {pair.after === undefined ? (
          <span className="removed">
            <IconEyeOff size={16} aria-hidden /> {t('review.fate.removed')}
          </span>
        ) : (
          <span className={`mono ${pair.fate === 'kept' ? '' : 'changed'}`}>
            {pair.after === '' ? '–' : pair.after}
          </span>
        )}
      </td>
      <td>
        <Rule fate={pair.fate} />
      </td>
    </tr>
  )
}

/** One real record at a time: on this station, beside what leaves the site. ← and → turn them, from inside only. */
export const Records = ({ preview }: { preview: Preview }): ReactElement => {
  const t = useText()
  const [at, setAt] = useState(0)
  const { samples } = preview
  const sample = samples[at]
  const turn = (step: 1 | -1) => (): void => setAt((now) => (now + step + samples.length) % samples.length)
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight'))
      return
    event.preventDefault()
    turn(event.key === 'ArrowLeft' ? -1 : 1)()
  }
  if (sample === undefined) return <p className="card muted">{t('review.noRecords')}</p>
  return (
    <section className="card flush" onKeyDown={press}>
      <div className="card-head">
        <h2>{t('review.oneRecord')}</h2>
        <div className="row">
          <IconButton name={t('review.previous')} repeats onPress={turn(-1)}>
            <IconChevronLeft size={22} aria-hidden />
          </IconButton>
          <span role="status">
            {t('review.at', { at: at + 1, of: samples.length, table: t(`review.table.${tableName(sample.table)}`) })}
          </span>
          <IconButton name={t('review.next')} repeats onPress={turn(1)}>
            <IconChevronRight size={22} aria-hidden />
          </IconButton>
        </div>
      </div>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('review.oneRecord')}>
        <table className="table pairs">
          <thead>
            <tr>
              <th scope="col">{t('review.field')}</th>
              <th scope="col">{t('review.before')}</th>
              <th scope="col" className="leaves">
                {t('review.after')}
              </th>
              <th scope="col">{t('review.rule')}</th>
            </tr>
          </thead>
          <tbody>
            {pairsOf(sample).map((pair) => (
              <Row key={pair.field} pair={pair} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const tables = ['sessions', 'points', 'events', 'crashes', 'deploys'] as const
const tableName = (name: string): (typeof tables)[number] | 'other' => tables.find((known) => known === name) ?? 'other'
