// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react'
import type { ErrorCode } from '../../shared/error-codes.ts'
import type { ErrorDetails } from '../../shared/errors.ts'
import { usePreferences } from '../state/preferences.ts'
import { errorWords, type ErrorWords } from './error-words.ts'

/** The words for a code in the person's language. */
export const useErrorText = (): ((code: ErrorCode, details?: ErrorDetails) => ErrorWords) => {
  const language = usePreferences((state) => state.language)
  return useCallback((code, details = {}) => errorWords(language, code, details), [language])
}
