// SPDX-License-Identifier: Apache-2.0

/** What udev keeps of a block device (`E:NAME=value` lines of /run/udev/data/b8:1). */
export type UdevFacts = { readonly uuid?: string; readonly serial?: string; readonly label?: string }

/** `ID_FS_LABEL_ENC` has everything unusual as `\x20`, byte by byte in UTF-8. */
const decode = (text: string): string => {
  const bytes = text.replace(/\\x([0-9a-f]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** The facts that name a volume; each is absent where udev does not know it. */
export const parseUdev = (text: string): UdevFacts => {
  const known = new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const found = /^E:(\w+)=(.*)$/.exec(line)
      return found?.[1] === undefined || found[2] === undefined || found[2] === '' ? [] : [[found[1], found[2]]]
    }),
  )
  const uuid = known.get('ID_FS_UUID')
  const serial = known.get('ID_SERIAL')
  const label = known.get('ID_FS_LABEL_ENC')
  return {
    ...(uuid === undefined ? {} : { uuid }),
    ...(serial === undefined ? {} : { serial }),
    ...(label === undefined ? {} : { label: decode(label) }),
  }
}
