// SPDX-License-Identifier: Apache-2.0
import { channels, policyRoles } from '../../shared/formats/trust-policy.ts'
import type { Text } from '../text/use-text.ts'

/** A role of the trust policy in words; what is none (a product) stands as it is. */
export const roleLabel = (t: Text, name: string): string => {
  const role = policyRoles.find((one) => one === name)
  return role === undefined ? name : t(`keys.role.${role}`)
}

/** Where a bundle may go, in words. */
export const channelLabel = (t: Text, name: string): string => {
  const channel = channels.find((one) => one === name)
  return channel === undefined ? name : t(`bundle.channel.${channel}`)
}
