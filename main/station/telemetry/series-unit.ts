// SPDX-License-Identifier: Apache-2.0

/** Suffixes as devices write them → UCUM codes (as far as SenML and OpenTelemetry use them too). */
const suffixes: Readonly<Record<string, string>> = {
  ms: 'ms',
  us: 'us',
  s: 's',
  sec: 's',
  min: 'min',
  c: 'Cel',
  degc: 'Cel',
  f: '[degF]',
  k: 'K',
  v: 'V',
  mv: 'mV',
  a: 'A',
  ma: 'mA',
  w: 'W',
  mw: 'mW',
  hz: 'Hz',
  khz: 'kHz',
  pa: 'Pa',
  hpa: 'hPa',
  kpa: 'kPa',
  bar: 'bar',
  mm: 'mm',
  m: 'm',
  g: 'g',
  kg: 'kg',
  rpm: '{rev}/min',
  pct: '%',
  percent: '%',
  '%': '%',
  bytes: 'By',
  b: 'By',
  dbm: 'dB[mW]',
}

/**
 * The unit that a name ends in (`supply_mv` → mV, `flow_l_min` → L/min), or empty. A name that is nothing but a suffix
 * has none.
 */
export const unitOfName = (name: string): string => {
  if (/._l_min$/i.test(name)) return 'L/min'
  const at = name.lastIndexOf('_')
  return at <= 0 ? '' : unitOf(name.slice(at + 1))
}

/** The unit that stands behind a number (`21.5C` → Cel), or empty. */
export const unitOf = (suffix: string): string => {
  const key = suffix.toLowerCase()
  return Object.hasOwn(suffixes, key) ? (suffixes[key] ?? '') : ''
}
