// SPDX-License-Identifier: Apache-2.0

/**
 * Every act that a station writes into its log, `noun.verb`. The list only grows: entries stay readable for ever. Each
 * has its words in `renderer/text/{en,de}/acts.ts`, or the page does not compile.
 */
export const auditActions = [
  'audit.export',
  'audit.projection',
  'audit.verify',
  'bundle.import',
  'call.refused',
  'clock.confirm',
  'clock.look',
  'clock.noticed',
  'clock.step',
  'device.confirm',
  'dictionary.set',
  'enrolment.install',
  'enrolment.request',
  'export.approve',
  'export.archive',
  'export.reject',
  'export.request',
  'export.void',
  'export.write',
  'flash.end',
  'flash.start',
  'job.cancel',
  'job.interrupted',
  'log.genesis',
  'person.activate',
  'person.create',
  'person.deactivate',
  'person.password',
  'person.reconcile',
  'person.rename',
  'person.repair',
  'person.roles',
  'policy.confirm',
  'policy.review',
  'policy.step',
  'policy.words',
  'port.number',
  'recall.update',
  'session.end',
  'session.reauthenticate',
  'session.sign-in',
  'session.unlock',
  'station.place',
  'station.set-up',
  'station.site',
  'station.start',
  'station.stop',
  'storage.set',
  'storage.state',
  'telemetry.start',
  'telemetry.stop',
  'trust.import',
] as const
export type AuditAction = (typeof auditActions)[number]

/** Narrows what a log says: one of another version may have an act that this one does not know. */
export const isAuditAction = (text: string): text is AuditAction => auditActions.some((action) => action === text)
