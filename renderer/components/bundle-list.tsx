// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'

/** Bundles by product and version. */
export const BundleList = ({
  bundles,
}: {
  bundles: readonly { readonly id: string; readonly product: string; readonly version: string }[]
}): ReactElement => (
  <ul>
    {bundles.map(({ id, product, version }) => (
      <li key={id} className="mono small">
        {product} {version}
      </li>
    ))}
  </ul>
)
