// SPDX-License-Identifier: Apache-2.0
import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useId, type ReactElement, type ReactNode } from 'react'
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
  const id = useId()
  return (
    <Modal.Root opened onClose={onClose} size={size} centered transitionProps={{ duration: 0 }}>
      <Modal.Overlay className="scrim" />
      <Modal.Content aria-labelledby={id} className="dialog">
        <div className="dialog-head">
          <h2 id={id}>{title}</h2>
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
