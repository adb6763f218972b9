// SPDX-License-Identifier: Apache-2.0
/** Styles and fonts are imported for their effect; the build puts them into one file. */
declare module '*.css'
