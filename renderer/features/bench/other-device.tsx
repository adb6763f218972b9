// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { AirlockError } from '../../../shared/errors.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useText } from '../../text/use-text.ts'

type Other = { readonly model: string; readonly serial: string; readonly wanted: string }

/** Who answered instead of the device that was meant; undefined for any other fault. */
export const otherDevice = (fault: AirlockError | undefined): Other | undefined => {
  if (fault?.code !== 'flash.wrong-device') return undefined
  const { model, found: serial, wanted } = fault.details
  const known = typeof model === 'string' && typeof serial === 'string' && typeof wanted === 'string'
  return known ? { model, serial, wanted } : undefined
}

/** Nothing was written to it: whoever stands there puts the first one back, reads the label, or takes this one in. */
export const OtherDevice = ({
  device: { serial, wanted },
  mayNot,
  readLabel,
  add,
}: {
  device: Other
  mayNot: string | undefined
  readLabel: () => void
  add: () => void
}): ReactElement => {
  const t = useText()
  return (
    <Notice tone="attention" title={t('other.title', { serial, wanted })}>
      <p>{t('other.text', { serial, wanted })}</p>
      <div className="row">
        <Button blocked={mayNot} onPress={readLabel}>
          {t('other.label')}
        </Button>
        <Button blocked={mayNot} onPress={add}>
          {t('other.add')}
        </Button>
      </div>
    </Notice>
  )
}
