// SPDX-License-Identifier: Apache-2.0
/** The drive's chip and sheet, in every state that a drive can be in. */
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerAlone, answerWith, refuseWith, tellOn } from '../../shell/overlay.ts'
import type { Ground } from './ground.ts'
import { comeBack, enter, type State } from './reach.ts'

export type Drive = Result<Contract, 'media.list'>['drives'][number]

export const driveOf = (name: string, state: Drive['state'], more: Partial<Drive> = {}): Drive => ({
  id: `walk-${name}`,
  name,
  state,
  filesystem: 'vfat',
  readOnly: false,
  registered: null,
  admitted: true,
  free: 3_900_000_000,
  total: 4_000_000_000,
  files: [],
  ...more,
})

/** These drives are plugged in, and no other. */
export const showDrives = async (
  ground: Ground,
  login: 'technician' | 'officer' | 'admin',
  drives: readonly Drive[],
): Promise<void> => {
  answerWith(ground.overlay, 'media.list', () => ({ drives: [...drives] }))
  tellOn(ground.overlay, 'media.watch', { drives: [...drives] })
  await comeBack(ground, login)
  const { page, say } = ground.hands
  const one = drives[0]?.name ?? say('frame.noDrive')
  const told = drives.length > 1 ? say('frame.drives', { count: drives.length }) : one
  // Whether the sheet comes by itself is decided when the chip says so.
  await page.locator('.drive-chip', { hasText: told }).waitFor()
}

/** What the sheet says of these drives. */
const sheetOf =
  (...drives: readonly Drive[]) =>
  async (ground: Ground): Promise<void> => {
    await showDrives(ground, 'technician', drives)
    const sheet = ground.hands.page.locator('.drive-sheet')
    if ((await sheet.count()) === 0) await ground.hands.page.locator('.drive-chip .chip').click()
    await sheet.waitFor()
  }

const inUse = driveOf('STICK-6', 'in-use')

export const driveStates: readonly State[] = [
  {
    name: 'drive-reading',
    reach: async (ground) => {
      await enter(ground, 'technician')
      await ground.hands.open('devices')
      await sheetOf(driveOf('STICK-1', 'reading'))(ground)
    },
  },
  { name: 'drive-nothing', reach: sheetOf(driveOf('STICK-2', 'nothing')) },
  { name: 'drive-unreadable', reach: sheetOf(driveOf('STICK-3', 'unreadable', { free: 0, total: 0 })) },
  { name: 'drive-keyboard', reach: sheetOf(driveOf('STICK-4', 'input-device', { free: 0, total: 0 })) },
  { name: 'drive-full', reach: sheetOf(driveOf('STICK-5', 'nothing', { free: 1000, readOnly: true })) },
  { name: 'drive-in-use', reach: sheetOf(inUse) },
  { name: 'drive-pulled', reach: sheetOf() },
  { name: 'drive-two', reach: sheetOf(driveOf('STICK-7', 'safe'), driveOf('STICK-8', 'nothing')) },
  {
    name: 'drive-eject-failed',
    reach: async (ground) => {
      await sheetOf(driveOf('STICK-9', 'safe'))(ground)
      refuseWith(ground.overlay, 'media.eject', new AirlockError('medium.io'))
      await ground.hands.page.locator('.drive-sheet .panel-foot .btn').click()
      await ground.hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'drive-let-go',
    reach: async (ground) => {
      await sheetOf(driveOf('STICK-A', 'safe'))(ground)
      answerAlone(ground.overlay, 'media.eject', () => ({ outcome: 'flushed' }))
      await ground.hands.page.locator('.drive-sheet .panel-foot .btn').click()
      await ground.hands.text('media.flushed', { name: 'STICK-A' }).waitFor()
    },
  },
]
