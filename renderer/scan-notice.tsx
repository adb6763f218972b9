// SPDX-License-Identifier: Apache-2.0
import { IconX } from '@tabler/icons-react'
import { useEffect, type ReactElement } from 'react'
import { IconButton } from './components/button.tsx'
import { Notice } from './components/notice.tsx'
import { useRoute } from './state/route.ts'
import { useScanned } from './state/scanner.ts'
import { useStation } from './state/station.ts'
import { useFormat, useText } from './text/use-text.ts'

const forget = (): void => useScanned.setState({ last: undefined })

/** What came of a scan: said aloud where the device is here, and standing until it is closed where it is not. */
export const ScanNotice = (): ReactElement => {
  const t = useText()
  const format = useFormat()
  const last = useScanned((state) => state.last)
  const screen = useRoute((state) => state.screen)
  const now = useStation(({ status }) => status?.now) ?? 0
  useEffect(() => forget, [screen])
  return (
    <div role="status" className="scan-notice">
      {last?.here === true && <p className="hidden-text">{t('scan.here', { serial: last.serial })}</p>}
      {last?.here === false && (
        <Notice
          tone="attention"
          title={t(last.seen === null ? 'scan.unknown' : 'scan.notHere', { serial: last.serial })}
          action={
            <IconButton name={t('common.close')} onPress={forget}>
              <IconX size={20} aria-hidden />
            </IconButton>
          }
        >
          <p>{last.seen === null ? t('scan.check') : t('scan.seen', { at: format.at(last.seen, now) })}</p>
        </Notice>
      )}
    </div>
  )
}
