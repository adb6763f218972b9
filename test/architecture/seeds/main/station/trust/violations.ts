import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import leftPad from 'left-pad'
import { something } from '../bundles/verify.ts'
import forge from 'node-forge'
export const now = Date.now()
export const bad = now as unknown
export const yes = forge.pki.verifyCertificateChain
export const all = [readFileSync, connect, leftPad, something]
