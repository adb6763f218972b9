// SPDX-License-Identifier: Apache-2.0
/** Good bundles that no code of ours had a hand in: tar, jq, sha256sum and openssl, in as many ways as they have. */

/** One signature file: the name of its role, the key, and the words for `openssl cms -sign`. */
type Signature = { readonly file: string; readonly key: string; readonly words: string }
/** What differs from a plain bundle of one payload, signed by release for the lab. */
export type GoodBundle = {
  readonly what: string
  readonly signatures: readonly Signature[]
  /** Sizes of the payloads, bytes. */
  readonly payloads: readonly number[]
  readonly evidence: readonly number[]
  /** A jq filter over the manifest. */
  readonly change: string
  /** Puts `$names` into `$out`. */
  readonly tar: string
  readonly policy: 'policy.json' | 'two.json'
}

const rsa = ['rsa-3072', 'rsa-4096']
const curves = ['p-256', 'p-384', 'p-521']
const digests = ['sha256', 'sha384', 'sha512']

const release = (key: string, words = '', file = 'release'): Signature => ({
  file,
  key,
  words: words.includes('-md') ? words : `-md sha384 ${words}`,
})
const plain = {
  signatures: [release('p-384')],
  payloads: [3000],
  evidence: [25],
  change: '.',
  tar: 'tar --format=ustar -cf $out $names',
  policy: 'policy.json',
} as const
const good = (what: string, change: Partial<GoodBundle>): GoodBundle => ({ ...plain, what, ...change })
const signed = (what: string, ...signatures: Signature[]): GoodBundle => good(what, { signatures })

const pss = '-keyopt rsa_padding_mode:pss'
const token = '-engine pkcs11 -keyform engine'
const bySignature: readonly GoodBundle[] = [
  ...[...rsa, ...curves].flatMap((key) =>
    digests.flatMap((digest) => [
      signed(`${key}, ${digest}, issuer and serial`, release(key, `-md ${digest}`)),
      signed(`${key}, ${digest}, key identifier`, release(key, `-md ${digest} -keyid`)),
    ]),
  ),
  ...rsa.flatMap((key) =>
    digests.map((digest) => signed(`${key}, ${digest}, PSS`, release(key, `-md ${digest} ${pss}`))),
  ),
  signed('PSS with a salt of the digest', release('rsa-3072', `${pss} -keyopt rsa_pss_saltlen:digest`)),
  signed('PSS with the longest salt', release('rsa-3072', `${pss} -keyopt rsa_pss_saltlen:max`)),
  signed('made by a CA, which is enclosed', release('issued', '-certfile ca.pem')),
  signed('made by a CA, by key identifier', release('issued', '-certfile ca.pem -keyid')),
  signed('made by a CA, spare certificates beside it', release('issued', '-certfile spare.pem')),
  signed('a spare certificate beside a pinned key', release('p-256', '-certfile p-521.pem')),
  signed('an EC key in a token', release('token-p-256', token)),
  signed('an RSA key in a token', release('token-rsa-3072', token)),
]

const inBlocks = (words: string): string => `tar --format=ustar ${words} -cf $out $names`
const byTar: readonly GoodBundle[] = [
  ['tar, two blocks at the end and no more', inBlocks('-b 1')],
  ['tar, owner and time by number', inBlocks('--owner=0 --group=0 --numeric-owner --mtime=@0')],
  ['tar, mode and names of owners', inBlocks('--mode=0600 --owner=builder:1000 --group=team:1000')],
  ['tar, a large owner and a time before 1970 that still fit', inBlocks('--owner=:2097151 --mtime=@1')],
  ['tar through a pipe', 'tar -H ustar -cf - $names | cat > $out'],
  ['tar, names from a list', "printf '%s\\n' $names | tar --format=ustar -cf $out -T -"],
  ['tar, one entry appended after the other', 'for n in $names; do tar --format=ustar -rf $out $n; done'],
  ['bsdtar', 'bsdtar --format ustar -cf $out $names'],
  ['bsdtar, owner by number, no padding', 'bsdtar --format ustar -b 1 --uid 0 --gid 0 --numeric-owner -cf $out $names'],
  ['bsdcpio', "printf '%s\\n' $names | bsdcpio --quiet -o -H ustar > $out"],
].map(([what = '', tar = '']) => good(what, { tar }))

const qa = { file: 'qa', key: 'qa', words: '-md sha384' }
const byContent: readonly GoodBundle[] = [
  ...[1, 511, 512, 513, 10_240, 3_000_000].map((size) => good(`a payload of ${size} bytes`, { payloads: [size] })),
  good('62 payloads', { payloads: Array.from({ length: 62 }, (_, n) => n + 1), evidence: [] }),
  good('no evidence', { evidence: [] }),
  good('four pieces of evidence', { evidence: [1, 2, 3, 4] }),
  good('letters from everywhere', { change: '.source.builder = "Prüfstand 7 – 試験 🙂"' }),
  good('a scope, ranges and requirements', {
    change: `.scope = {sites: ["north"]} | .payloads[0].options = {address: 4096, region: {start: 0, length: 65536}}
      | .compat[0] += {hardware: ["a", "b"], from: {min: "1.0.0"}, bootloader: {min: "0.1.0", max: "2.0.0"}}`,
  }),
  good('for production, by release and qa', {
    signatures: [qa, release('p-384')],
    change: '.channel = "production"',
  }),
  good('two of release, numbered', {
    signatures: [release('p-384', '', 'release.1'), release('rsa-3072', '', 'release.2')],
    policy: 'two.json',
  }),
  good('five of release, numbers with a gap, and qa', {
    signatures: [
      qa,
      ...[...rsa, ...curves].map((key, n) => release(key, '', n === 0 ? 'release' : `release.${n + 3}`)),
    ],
    policy: 'two.json',
    change: '.channel = "production"',
  }),
]

/** Every good bundle of the matrix. */
export const goodBundles: readonly GoodBundle[] = [...bySignature, ...byTar, ...byContent]
