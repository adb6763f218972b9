// SPDX-License-Identifier: Apache-2.0
import { buildParts } from '../../tools/build.ts'

/** Builds what a browser needs, once before the tests. */
export const setup = (): Promise<void> => buildParts(['preload', 'page'])
