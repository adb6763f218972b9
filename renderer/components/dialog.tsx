// SPDX-License-Identifier: Apache-2.0
import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'
import { useText } from '../text/use-text.ts'
import { IconButton } from './button.tsx'

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
  return (
    <Modal.Root
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
