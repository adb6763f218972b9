// SPDX-License-Identifier: Apache-2.0
import type { Status } from './station.ts'

/**
 * What of the station's work goes on, by everything that is wrong with it at once: one notice must not promise what
 * another one denies. `updating`: importing, signing or collecting does not.
 */
export const worksNow = ({
  audit,
  clock,
  storage,
}: {
  readonly audit: Pick<Status['audit'], 'code'>
  readonly clock: Pick<Status['clock'], 'state'>
  readonly storage: Pick<Status['storage'], 'state'>
}): 'all' | 'updating' | 'nothing' => {
  if (audit.code !== null || storage.state === 'reserve') return 'nothing'
  const wrong = clock.state === 'behind' || clock.state === 'ahead'
  return wrong || storage.state === 'full' ? 'updating' : 'all'
}
