// SPDX-License-Identifier: Apache-2.0
import type { Command } from './command.ts'
import { archiveCommands } from './commands/archive.ts'
import { auditCommands } from './commands/audit.ts'
import { bundleCommands } from './commands/bundle.ts'
import { bundleDiff } from './commands/bundle-diff.ts'
import { bundleSignCommands } from './commands/bundle-sign.ts'
import { enrolCommands } from './commands/enrol.ts'
import { flashCommands } from './commands/flash.ts'
import { stationCommands } from './commands/station.ts'
import { fleetCommands } from './commands/fleet.ts'
import { trustCommands } from './commands/trust.ts'
import { trustMldsa87Key } from './commands/trust-mldsa87-key.ts'
import { trustRecall } from './commands/trust-recall.ts'
import { trustRotateCommands } from './commands/trust-rotate.ts'
import { trustVerify } from './commands/trust-verify.ts'

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  ...bundleCommands,
  ...bundleSignCommands,
  bundleDiff,
  ...trustCommands,
  ...trustRotateCommands,
  trustRecall,
  trustVerify,
  trustMldsa87Key,
  ...enrolCommands,
  ...archiveCommands,
  ...fleetCommands,
  ...flashCommands,
  ...stationCommands,
  ...auditCommands,
]
