// SPDX-License-Identifier: Apache-2.0
import { IconPrinter, IconRefresh, IconShieldCheckFilled, IconShieldX, IconShieldQuestion } from '@tabler/icons-react'
import { useEffect, type ReactElement } from 'react'
import { isErrorCode } from '../../../shared/error-codes.ts'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { FaultSheet } from '../../print/fault-sheet.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { askPrint } from '../../state/print.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useErrorText } from '../../text/error-text.ts'
import { shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'

/** The first thing on the page: intact, being checked, or broken at an entry; a full check on demand. */
export const Integrity = ({ found }: { found: (broken: number | undefined) => void }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const textOf = useErrorText()
  const head = useStation(({ status }) => status?.audit)
  const now = useStation(({ status }) => status?.now) ?? 0
  const [action, run] = useAction()
  const check = (): void =>
    run(async () => {
      await call('audit.verify', {})
      await refresh.status()
    })
  const broken = head?.firstBad ?? undefined
  useEffect(() => found(broken), [broken, found])

  const code = head?.code ?? undefined
  const bad = code !== undefined
  const checked = head?.checked ?? undefined
  const intact = !bad && checked !== undefined
  const print = (): void =>
    askPrint({
      kind: 'fault',
      ids: ['log'],
      title: t('fault.title'),
      draw: ([copy]) => <FaultSheet code={code ?? ''} broken={broken} copy={copy} />,
    })
  const Icon = bad ? IconShieldX : intact ? IconShieldCheckFilled : IconShieldQuestion
  const title = (): string => {
    if (action.busy) return t('audit.checking')
    if (broken !== undefined) return t('audit.broken', { entry: broken })
    if (bad) return isErrorCode(code) ? textOf(code).headline : code
    return intact ? t('audit.intact') : t('audit.headFits')
  }
  const sentence = (): string => {
    if (broken !== undefined) return t('audit.brokenMore', { before: broken })
    if (bad) {
      if (!isErrorCode(code)) return ''
      const { state, next } = textOf(code)
      return [state, ...next].join(' ')
    }
    if (checked === undefined) return t('audit.headMore', { count: head?.size ?? 0 })
    const { size: count, root } = checked
    return t('audit.intactMore', { count, at: format.at(checked.at, now), root: shortDigest(root) })
  }
  return (
    <section className={`notice ${bad ? 'notice-bad' : ''}`} aria-label={t('audit.integrity')} aria-live="polite">
      <Icon size={34} stroke={1.8} aria-hidden className={bad ? 'tone-bad' : intact ? 'tone-good' : 'tone-quiet'} />
      <div className="grow">
        <p className="strong">{title()}</p>
        <p className="notice-more">{sentence()}</p>
        <Fault fault={action.fault} />
      </div>
      {bad && (
        <Button prints icon={<IconPrinter size={20} aria-hidden />} onPress={print}>
          {t('audit.faultReport')}
        </Button>
      )}
      <Button icon={<IconRefresh size={20} aria-hidden />} busy={action.busy} onPress={check}>
        {t(checked === undefined ? 'audit.check' : 'audit.checkAgain')}
      </Button>
    </section>
  )
}
