// SPDX-License-Identifier: Apache-2.0
export { en as de } from './en.ts'
