// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { matches, type Detector } from './detector.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Last labels that name a domain wherever they stand: generic ones and those of private networks. */
const domains = words(
  'com net org edu gov mil biz coop museum mobi xyz gmbh berlin hamburg bayern koeln london nyc tokyo eu uk arpa onion local localdomain lan intranet corp example invalid',
)
/** Countries whose two letters are no word, no suffix of a file and no unit. */
const countries = words(
  'de fr nl dk fi cz sk hu ro bg gr ie jp cn kr tw hk sg ca au nz br mx ar cl za ru ua tr il ae sa eg ng ke ua lt lv ee lu li rs si vn',
)
/** Domains that are also words of a program: only where the host's name has a digit or a dash, or three labels of a network. */
const wordlike = words(
  'info name pro int aero tel asia cat jobs travel cloud online site tech store shop top club live world today email ' +
    'digital systems solutions services network agency company industries energy engineering paris intra corporate home ' +
    'internal private priv domain ad plant factory fabrik werk scada ot dmz test localhost ch hr ph th pt',
)
/** Countries that are also words or suffixes of files: only after a host's name of three labels or more. */
const ambiguous = words('at it us se no be in io co me pl es to is my id tv cc ai')
const files =
  /\.(?:c|h|cc|cpp|hpp|cxx|s|S|o|a|so|py|rs|js|ts|go|md|txt|log|bin|hex|elf|json|yaml|yml|xml|csv|ini|cfg|conf|html?|zip|gz|tar|img|map|ld|mk|sh|bat|exe|dll|pdf|png|jpe?g)$/i

/** Fully qualified names of hosts. Names of metrics, modules and files have dots too and stay. */
export const fqdn: Detector = {
  id: 'fqdn',
  version: 1,
  scope: 'chunk',
  needs: feature.dot | feature.letter,
  find: matches(
    /(?<![\p{L}\p{N}_.@-])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.){1,10}\p{L}[\p{L}\p{N}-]{1,30}(?![\p{L}\p{N}_(]|\.[\p{L}\p{N}])/gu,
    ([text], before) => {
      const name = text.toLowerCase()
      const parts = name.split('.')
      const last = parts.at(-1) ?? ''
      if (files.test(name)) return undefined
      const certain = domains.has(last) || countries.has(last) || last.startsWith('xn--')
      const url =
        /(?:\/\/|\b(?:host|server|domain|fqdn|dns|ntp|broker|connect(?:ed|ing)? to|resolve[ds]?|ping|url)[\s:=]{1,3})$/i.test(
          before,
        )
      const hostlike = (ambiguous.has(last) || wordlike.has(last)) && /[\d-]/.test(parts.slice(0, -1).join(''))
      return certain || url || hostlike ? name : undefined
    },
  ),
}
