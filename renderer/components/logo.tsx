// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'

/** An octagon, its centre line, and two arrows pointing apart: in and out through one gate. */
export const Logo = ({ size = 30 }: { size?: number }): ReactElement => (
  <svg width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="2.6" aria-hidden>
    <path d="M10.5 2.5h11l8 8v11l-8 8h-11l-8-8v-11z" strokeLinejoin="round" />
    <path d="M16 9v14M12.5 12.5 9 16l3.5 3.5M19.5 12.5 23 16l-3.5 3.5" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)
