// SPDX-License-Identifier: Apache-2.0
import type { Command } from './command.ts'

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = []
