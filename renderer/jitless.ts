// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'

/**
 * Loaded before any schema: without this zod tries to compile its parsers as soon as it makes one, which a strict content
 * policy forbids and reports.
 */
z.config({ jitless: true })
