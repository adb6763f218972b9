// SPDX-License-Identifier: Apache-2.0
import { buildParts } from '../../tools/build.ts'

/** Builds what the app is made of beside its shell, once before the tests. */
export const setup = (): Promise<void> => buildParts(['preload', 'page', 'station', 'resources'])
