// SPDX-License-Identifier: Apache-2.0
import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDot,
  IconClockHour4,
  IconEqual,
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconAlertTriangleFilled,
  IconHelpCircle,
  IconInfoCircle,
  IconLoader2,
  IconPencil,
  IconPlayerPause,
  IconRefresh,
  IconSquareDashed,
  IconUserOff,
  IconZoomCheck,
} from '@tabler/icons-react'

/** One shape for each state: a status is told without its colour. */
export const shapes = {
  free: IconSquareDashed,
  reading: IconLoader2,
  unknown: IconHelpCircle,
  ready: IconCircleDot,
  upToDate: IconEqual,
  notSuitable: IconBan,
  waiting: IconClockHour4,
  preparing: IconLoader2,
  writing: IconPencil,
  checking: IconZoomCheck,
  restarting: IconRefresh,
  done: IconCircleCheckFilled,
  triangle: IconAlertTriangleFilled,
  octagon: IconAlertOctagonFilled,
  aside: IconPlayerPause,
  left: IconUserOff,
  warning: IconAlertTriangle,
  info: IconInfoCircle,
} as const
export type Shape = keyof typeof shapes

/** The five tones. */
export type Tone = 'good' | 'active' | 'attention' | 'bad' | 'quiet'
