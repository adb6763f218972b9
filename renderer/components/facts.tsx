// SPDX-License-Identifier: Apache-2.0
import type { ReactElement, ReactNode } from 'react'

/** Names and values, in two columns. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }): ReactElement => (
  <dl className="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** Numbers that belong together, side by side. */
export const Figures = ({ figures }: { figures: readonly (readonly [string, string])[] }): ReactElement => (
  <dl className="figures card">
    {figures.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
