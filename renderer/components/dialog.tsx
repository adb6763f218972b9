// SPDX-License-Identifier: Apache-2.0
import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react'
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

/** Esc closes the uppermost dialog only; a list that is open in it takes Esc for itself. */
const useEscape = (own: RefObject<HTMLDivElement | null>, onClose: () => void): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (event.target instanceof Element && event.target.closest('[data-mantine-stop-propagation="true"]') !== null)
        return
      const top = Array.from(document.querySelectorAll('.dialog')).at(-1)
      if (top === undefined || own.current === null || !top.contains(own.current)) return
      event.preventDefault()
      onClose()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [own, onClose])
}

/** A dialog with a head of its own: Mantine's is a `<header>`, which assistive technology takes for a second banner. */
export const Dialog = ({
  title,
  onClose,
  children,
  foot,
  size = 620,
  top = false,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  foot?: ReactNode
  size?: number
  /** Its place stands while its contents change: it grows downwards only. */
  top?: boolean
}): ReactElement => {
  const t = useText()
  const own = useRef<HTMLDivElement>(null)
  useReturnOfFocus()
  useEscape(own, onClose)
  return (
    <Modal.Root
      returnFocus={false}
      // A second press of the button that opened it would hit the ground beside it, and close it again.
      closeOnClickOutside={false}
      closeOnEscape={false}
      opened
      onClose={onClose}
      size={size}
      centered={!top}
      {...(top ? { yOffset: '6vh' } : {})}
      transitionProps={{ duration: 0 }}
      classNames={{ content: 'dialog' }}
    >
      <Modal.Overlay className="scrim" />
      <Modal.Content>
        <div className="dialog-head" ref={own}>
          {/* A button that opens a dialog ends in three dots; the dialog does not. */}
          <Modal.Title className="dialog-title">{title.replace(/\s?…$/, '')}</Modal.Title>
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
