// SPDX-License-Identifier: Apache-2.0
import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement, type ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'

/** Where the focus was before, and is again afterwards, if that is still on the page. */
const useReturnOfFocus = (): void => {
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus()
    },
    [opener],
  )
}

/** A dialog with a head of its own: Mantine's is a `<header>`, which assistive technology takes for a second banner. */
export const Dialog = ({
  title,
  onClose,
  children,
  foot,
  size = 620,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  foot?: ReactNode
  size?: number
}): ReactElement => {
  const t = useText()
  useReturnOfFocus()
  return (
    <Modal.Root
      returnFocus={false}
      // A second press of the button that opened it would hit the ground beside it, and close it again.
      closeOnClickOutside={false}
      opened
      onClose={onClose}
      size={size}
      centered
      transitionProps={{ duration: 0 }}
      classNames={{ content: 'dialog' }}
    >
      <Modal.Overlay className="scrim" />
      <Modal.Content>
        <div className="dialog-head">
          {/* A button that opens a dialog ends in three dots; the dialog does not. */}
          <Modal.Title className="dialog-title">{title.replace(/…$/, '')}</Modal.Title>
          <IconButton name={t('common.close')} onPress={onClose}>
            <IconX size={22} aria-hidden />
          </IconButton>
        </div>
        <div className="dialog-body stack">{children}</div>
        {foot !== undefined && <div className="dialog-foot row end">{foot}</div>}
      </Modal.Content>
    </Modal.Root>
  )
}
