// SPDX-License-Identifier: Apache-2.0

/** A mounted volume as the system tells of it, without touching the volume itself. */
export type Volume = {
  /** Where it is; stays inside the station. */
  readonly path: string
  /** The same whenever the same volume is there again; says nothing about the path. */
  readonly id: string
  /** Another one at every mount: what was one drive at the last step is the same one while this is the same. */
  readonly mount: string
  /** Its label, or the name of the folder where it is. */
  readonly name: string
  readonly filesystem: string
  readonly readOnly: boolean
  /** What the stick and the volume say of themselves: claims, which can be forged. */
  readonly serial?: string
  readonly volumeId?: string
  /** The device to unmount; absent for a folder that was configured. */
  readonly device?: string
  /** The device behind it also says that it is a keyboard, a mouse or the like. */
  readonly inputDevice: boolean
}

/** Says which volumes are there now. Cheap: it is asked several times a second. */
export type VolumeSource = () => Promise<readonly Volume[]>
