// SPDX-License-Identifier: Apache-2.0
/**
 * The closed catalogue of codes. A code is public: once released it keeps its name, number and meaning.
 * `number` is what a person reads out on the phone (AL-2104). Texts by language stand in shared/text.
 * Refusal codes (1xxx, 2xxx) are those of docs/formats/refusals.md.
 */

/** How loud: `danger` someone's safety or the log is at stake, `error` a step failed, `refused` a rule said no. */
export type Severity = 'danger' | 'error' | 'refused' | 'notice'

const entry = <const N extends number>(number: N, severity: Severity) => ({ number, severity })

/** code → number and severity. */
export const errorCodes = {
  // Drive and medium
  'medium.io': entry(1101, 'error'),
  'medium.unreadable': entry(1102, 'error'),
  'medium.nothing-here': entry(1103, 'notice'),
  'medium.read-only': entry(1104, 'error'),
  'medium.full': entry(1105, 'error'),
  'medium.read-back': entry(1106, 'danger'),
  'medium.several': entry(1107, 'notice'),
  'medium.input-device': entry(1108, 'danger'),
  'medium.not-allowed': entry(1109, 'refused'),
  'medium.not-regular': entry(1110, 'refused'),
  'medium.gone': entry(1111, 'error'),
  'medium.in-use': entry(1112, 'notice'),
  'medium.write': entry(1113, 'error'),
  // Envelope
  'container.empty': entry(2120, 'refused'),
  'container.not-ustar': entry(2121, 'refused'),
  'container.truncated': entry(2110, 'refused'),
  'container.no-end': entry(2122, 'refused'),
  'container.trailing-data': entry(2114, 'refused'),
  'container.length': entry(2123, 'refused'),
  'container.header-checksum': entry(2124, 'refused'),
  'container.header-size': entry(2125, 'refused'),
  'container.entry-type': entry(2126, 'refused'),
  'container.name': entry(2127, 'refused'),
  'container.duplicate-name': entry(2128, 'refused'),
  'container.order': entry(2129, 'refused'),
  'limit.manifest-size': entry(2130, 'refused'),
  'limit.signature-size': entry(2131, 'refused'),
  'limit.entries': entry(2132, 'refused'),
  'limit.total-size': entry(2133, 'refused'),
  'limit.policy-steps': entry(2134, 'refused'),
  // Payload and evidence
  'payload.unlisted': entry(2140, 'refused'),
  'payload.missing': entry(2141, 'refused'),
  'payload.size': entry(2142, 'refused'),
  'payload.digest': entry(2102, 'danger'),
  'payload.decrypt': entry(2143, 'refused'),
  'evidence.mismatch': entry(2144, 'refused'),
  // Signatures
  'sig.missing': entry(2101, 'refused'),
  'sig.parse': entry(2150, 'refused'),
  'sig.not-der': entry(2151, 'refused'),
  'sig.too-large': entry(2152, 'refused'),
  'sig.signer-count': entry(2153, 'refused'),
  'sig.not-detached': entry(2154, 'refused'),
  'sig.content-type': entry(2155, 'refused'),
  'sig.attributes': entry(2156, 'refused'),
  'sig.algorithm': entry(2157, 'refused'),
  'sig.key': entry(2158, 'refused'),
  'sig.certificate': entry(2159, 'refused'),
  'sig.digest': entry(2103, 'danger'),
  'sig.invalid': entry(2160, 'danger'),
  'sig.pq-invalid': entry(2161, 'danger'),
  // Trust
  'trust.unknown-signer': entry(2104, 'refused'),
  'trust.revoked': entry(2105, 'danger'),
  'trust.expired': entry(2106, 'refused'),
  'trust.not-yet-valid': entry(2170, 'refused'),
  'trust.signing-time': entry(2107, 'refused'),
  'trust.chain': entry(2171, 'refused'),
  'trust.purpose': entry(2172, 'refused'),
  'trust.threshold': entry(2111, 'refused'),
  'trust.role': entry(2173, 'refused'),
  'trust.scope': entry(2108, 'refused'),
  'trust.pq-missing': entry(2174, 'refused'),
  'trust.policy-too-old': entry(2175, 'refused'),
  'trust.policy-old': entry(2176, 'refused'),
  // Manifest
  'manifest.parse': entry(2180, 'refused'),
  'manifest.not-canonical': entry(2181, 'refused'),
  'manifest.kind': entry(2182, 'refused'),
  'manifest.schema': entry(2183, 'refused'),
  'manifest.flash-range': entry(2184, 'refused'),
  // Freshness, clock, rollback, recall, compatibility
  'freshness.expired': entry(2185, 'refused'),
  'freshness.future': entry(2186, 'refused'),
  'clock.rollback': entry(7101, 'refused'),
  'clock.jump': entry(7118, 'refused'),
  'rollback.counter': entry(2109, 'refused'),
  'rollback.version': entry(2187, 'refused'),
  'rollback.equivocation': entry(2188, 'danger'),
  'recall.bundle': entry(2112, 'danger'),
  'recall.rollback': entry(2189, 'refused'),
  'compat.importer': entry(2113, 'refused'),
  'compat.hardware': entry(2190, 'refused'),
  'compat.unknown': entry(2191, 'refused'),
  'compat.requires': entry(2192, 'refused'),
  'compat.set': entry(2193, 'refused'),
  'compat.base': entry(2194, 'refused'),
  // Trust policy updates
  'policy.old-threshold': entry(2201, 'refused'),
  'policy.new-threshold': entry(2202, 'refused'),
  'policy.gap': entry(2203, 'refused'),
  'policy.rollback': entry(2204, 'refused'),
  'policy.equivocation': entry(2205, 'danger'),
  'policy.schema': entry(2206, 'refused'),
  'policy.expired': entry(2207, 'refused'),
  'policy.weakening': entry(2208, 'danger'),
  'policy.absent': entry(2209, 'error'),
  'policy.fingerprint': entry(2210, 'danger'),
  'policy.not-reviewed': entry(2211, 'refused'),
  'policy.same-person': entry(2212, 'refused'),
  // Devices and flashing
  'flash.unplugged': entry(3101, 'error'),
  'flash.timeout': entry(3102, 'error'),
  'flash.port-busy': entry(3103, 'error'),
  'flash.port-denied': entry(3104, 'error'),
  'flash.wrong-device': entry(3105, 'danger'),
  'flash.verify': entry(3106, 'danger'),
  'flash.version': entry(3107, 'error'),
  'flash.protected': entry(3109, 'error'),
  'flash.out-of-sync': entry(3114, 'error'),
  'flash.nack': entry(3115, 'error'),
  'flash.image-too-big': entry(3116, 'refused'),
  'flash.cancelled': entry(3117, 'notice'),
  'flash.interrupted': entry(3118, 'error'),
  'flash.unconfirmed': entry(3119, 'error'),
  'device.unknown': entry(3120, 'error'),
  'port.unknown': entry(3121, 'error'),
  'flash.image': entry(3122, 'refused'),
  'device.profile': entry(3123, 'error'),
  'port.not-serial': entry(3124, 'error'),
  'device.twin': entry(3110, 'danger'),
  'telemetry.half-written': entry(3125, 'refused'),
  // Update runs
  'run.open': entry(3130, 'refused'),
  'run.none': entry(3131, 'refused'),
  'run.state': entry(3132, 'refused'),
  'run.busy': entry(3133, 'refused'),
  // Export
  'export.policy': entry(4101, 'refused'),
  'export.leak': entry(4102, 'danger'),
  'export.changed': entry(4103, 'refused'),
  'export.same-person': entry(4104, 'refused'),
  'export.nothing': entry(4105, 'notice'),
  'export.state': entry(4106, 'refused'),
  'export.no-recipient': entry(4107, 'refused'),
  'archive.unknown-station': entry(4108, 'refused'),
  'archive.gap': entry(4109, 'refused'),
  'archive.count': entry(4110, 'refused'),
  'archive.policy': entry(4111, 'refused'),
  'archive.decrypt': entry(4112, 'refused'),
  'archive.replayed': entry(4113, 'refused'),
  'archive.rows': entry(4114, 'refused'),
  // People
  'person.credentials': entry(5101, 'refused'),
  'person.locked': entry(5102, 'refused'),
  'signature.clock': entry(5103, 'refused'),
  'person.exists': entry(5105, 'refused'),
  'person.password-ended': entry(5104, 'refused'),
  'person.not-allowed': entry(5107, 'refused'),
  'person.signed-out': entry(5108, 'refused'),
  'person.name-rule': entry(5109, 'refused'),
  'person.mismatch': entry(5110, 'danger'),
  'person.password-length': entry(5111, 'refused'),
  'person.password-kinds': entry(5112, 'refused'),
  'person.password-login': entry(5113, 'refused'),
  'person.password-common': entry(5114, 'refused'),
  'person.password-characters': entry(5115, 'refused'),
  'person.password-used': entry(5116, 'refused'),
  'person.password-temporary': entry(5117, 'refused'),
  'person.login-rule': entry(5118, 'refused'),
  'person.name-taken': entry(5119, 'refused'),
  'person.own-role': entry(5120, 'refused'),
  'person.last-one': entry(5121, 'refused'),
  'person.two-roles': entry(5122, 'refused'),
  'person.no-role': entry(5123, 'refused'),
  // Audit log
  'audit.changed': entry(6101, 'danger'),
  'audit.unreadable': entry(6102, 'danger'),
  'audit.truncated': entry(6103, 'danger'),
  'audit.rolled-back': entry(6104, 'danger'),
  'audit.entry': entry(6105, 'error'),
  'audit.key': entry(6106, 'danger'),
  'audit.read-only': entry(6107, 'danger'),
  'audit.note': entry(6108, 'danger'),
  'audit.forked': entry(6109, 'danger'),
  // Storage, station, calls
  'storage.low': entry(7103, 'notice'),
  'storage.full': entry(7104, 'error'),
  'storage.reserve': entry(7105, 'error'),
  'storage.io': entry(7110, 'error'),
  'storage.busy': entry(7111, 'error'),
  'storage.schema': entry(7112, 'error'),
  'station.clock-step': entry(7102, 'notice'),
  'station.not-looked': entry(7119, 'refused'),
  'station.second-person': entry(7120, 'refused'),
  'station.no-exception': entry(7122, 'refused'),
  'station.exception-exists': entry(7123, 'refused'),
  'station.interrupted': entry(7106, 'notice'),
  'station.already-running': entry(7107, 'error'),
  'station.self-test': entry(7113, 'danger'),
  'station.not-set-up': entry(7114, 'refused'),
  'station.lost': entry(7115, 'error'),
  'print.failed': entry(7108, 'error'),
  'print.not-updated': entry(7121, 'refused'),
  'station.enrolment': entry(7116, 'refused'),
  'station.is-set-up': entry(7117, 'refused'),
  'call.unknown': entry(8101, 'error'),
  'call.parameters': entry(8102, 'error'),
  'call.too-large': entry(8103, 'error'),
  'call.rate': entry(8104, 'error'),
  'call.cancelled': entry(8105, 'notice'),
  'job.unknown': entry(8106, 'error'),
  'job.busy': entry(8107, 'refused'),
  'not-found': entry(8108, 'error'),
  usage: entry(8109, 'error'),
  'file.unusable': entry(8110, 'error'),
  internal: entry(9001, 'danger'),
} as const satisfies Record<string, { number: number; severity: Severity }>

/** One code of the catalogue. */
export type ErrorCode = keyof typeof errorCodes

/** Narrows a string that came from outside. */
export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text)

/** Groups of codes that judge what came from outside: files, trust, drives, devices. */
const judging =
  'container limit payload evidence sig trust manifest freshness clock rollback recall compat policy medium'.split(' ')

/** Whether a code belongs to docs/formats/refusals.md. */
export const isListedRefusal = (code: ErrorCode): boolean => judging.includes(code.split('.')[0] ?? '')

/** Whether a code says that a rule said no, however loud: a recall is a danger, and a refusal. */
export const isRefusal = (code: ErrorCode): boolean => {
  const { severity } = errorCodes[code]
  return severity === 'refused' || (severity === 'danger' && isListedRefusal(code))
}
