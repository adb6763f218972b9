// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react'
import { lock } from './session.ts'

/** Ten minutes without a hand lock the page; two minutes before, it says so. Milliseconds. */
export const idleLimits = { warn: 8 * 60_000, lock: 10 * 60_000 } as const
/** How often it looks, ms. A window that nobody sees may be let to look less often: what counts is the time that went by. */
const look = 1000
const signs = ['keydown', 'pointerdown', 'wheel'] as const

/** Locks after a while without any sign of a person. `warning`: the last two minutes have begun. */
export const useIdleLock = (): { readonly warning: boolean; readonly stay: () => void } => {
  const last = useRef(performance.now())
  const [warning, setWarning] = useState(false)
  const stay = useCallback(() => {
    last.current = performance.now()
    setWarning(false)
  }, [])
  useEffect(() => {
    // While the warning stands, only its own button counts: a stray key does not keep a session open.
    const idle = (): number => performance.now() - last.current
    const sign = (): void => {
      if (idle() < idleLimits.warn) last.current = performance.now()
    }
    for (const name of signs) window.addEventListener(name, sign)
    const timer = setInterval(() => {
      if (idle() >= idleLimits.lock) void lock()
      else if (idle() >= idleLimits.warn) setWarning(true)
    }, look)
    return () => {
      clearInterval(timer)
      for (const name of signs) window.removeEventListener(name, sign)
    }
  }, [])
  return { warning, stay }
}
