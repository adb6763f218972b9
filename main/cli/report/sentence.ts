// SPDX-License-Identifier: Apache-2.0
import { leastExposure, type Comparison, type Exposure, type Finding } from './compare.ts'
import { figure } from './figures.ts'

/** The answer to "is the release better?" in one sentence. */
export const sentenceOf = (older: string, newer: string, { verdict, findings, exposure }: Comparison): string => {
  const behind = `${newer}: ${amount(exposure.newer)}; ${older}: ${amount(exposure.older)}`
  if (verdict === 'too-little-data') {
    const { devices, hours } = leastExposure
    return `${newer} against ${older}: too few data to tell. At least ${devices} devices and ${hours} device-hours on each are needed. ${behind}.`
  }
  if (verdict === 'no-difference') return `${newer} is no different from ${older} as far as these data tell. ${behind}.`
  const parts = findings.slice(0, 3).map(partOf)
  const more = findings.length > 3 ? ` And ${findings.length - 3} more.` : ''
  return `${newer} ${word[verdict]} ${older}: ${parts.join('; ')}.${more} ${behind}.`
}

const word = { worse: 'is worse than', better: 'is better than', changed: 'differs from' } as const

/** "52 crashes per 1 000 device-hours (was 3.1)"; what became better in a worse release is said to be so. */
const partOf = ({ measure, title, newer, older, direction }: Finding, _: number, all: readonly Finding[]): string => {
  const turn = direction === 'better' && all[0]?.direction === 'worse' ? 'but better: ' : ''
  const what = measure === 'metric' ? `median of ${title} ${figure(newer)}` : `${figure(newer)} ${title}`
  return `${turn}${what} (was ${figure(older)})`
}

const amount = ({ devices, hours }: Exposure): string =>
  `${figure(devices)} device${devices === 1 ? '' : 's'}, ${figure(hours)} h`
