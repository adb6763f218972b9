import { other } from '../bundles/list.ts'
import { join } from 'node:path'
import Database from 'better-sqlite3'
export const all = [other, join, Database, new WebSocket('ws://x')]
