// SPDX-License-Identifier: Apache-2.0
/** False refusals count too: bundles made by other tools, in every way that the formats allow, are all accepted. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { goodBundles, type GoodBundle } from '../support/good-bundles.ts'
import { tempFolderForFile } from '../support/temp-folder.ts'

const cli = join(import.meta.dirname, '../../main/cli/main.ts')
const folder = tempFolderForFile()
const env = {
  ...process.env,
  LC_ALL: 'C',
  SOFTHSM2_CONF: join(folder, 'softhsm.conf'),
  PKCS11_MODULE_PATH: '/usr/lib/softhsm/libsofthsm2.so',
}

/** Runs a shell script in the test's folder; its standard output. */
const shell = (script: string): string =>
  execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim()

const arc = '1.3.6.1.4.1.32473.1'
/** Every key once, with the certificates; all but `issued` are self-signed. */
const makeKeys = `
  rsa() { openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:$1 -out rsa-$1.key; }
  curve() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:$2 -out $1.key; }
  leaf='basicConstraints=critical,CA:FALSE'
  own() {
    openssl req -x509 -new -key $1.key -sha384 -days 365 -subj /CN=$1 -out $1.pem -addext $leaf \\
      -addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=$2
  }
  rsa 3072; rsa 4096; curve p-256 P-256; curve p-384 P-384; curve p-521 P-521; curve qa P-384
  curve ca P-384; curve issued P-256
  for name in rsa-3072 rsa-4096 p-256 p-384 p-521; do own $name ${arc}.2; done
  own qa ${arc}.3
  openssl req -x509 -new -key ca.key -sha384 -days 3650 -subj /CN=vendor-ca -out ca.pem \\
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign
  openssl req -new -key issued.key -subj /CN=issued -out issued.csr
  printf '%s\\n' $leaf keyUsage=critical,digitalSignature extendedKeyUsage=${arc}.2 subjectKeyIdentifier=hash \\
    authorityKeyIdentifier=keyid > issued.ext
  openssl x509 -req -in issued.csr -CA ca.pem -CAkey ca.key -CAcreateserial -sha384 -days 365 -extfile issued.ext \\
    -out issued.pem
  cat ca.pem p-521.pem qa.pem > spare.pem
`

/** The keys \`p-256\` and \`rsa-3072\` in a token, from where they sign as \`token-…\`. */
const makeToken = (): void => {
  mkdirSync(join(folder, 'tokens'))
  writeFileSync(join(folder, 'softhsm.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`)
  shell(`
    softhsm2-util --init-token --free --label team --so-pin 12345678 --pin 87654321
    id=1
    for name in p-256 rsa-3072; do
      softhsm2-util --import $name.key --token team --label $name --id 0$id --pin 87654321
      cp $name.pem token-$name.pem
      id=2
    done`)
}

const spki = (name: string): string =>
  shell(`openssl x509 -in ${name}.pem -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1`)

const year = 366 * 86_400_000
const timeIn = (ms: number): string => `${new Date(Date.now() + ms).toISOString().slice(0, 19)}Z`

const writePolicies = (): void => {
  const validity = { validFrom: timeIn(-year), validUntil: timeIn(year) }
  const pins = (names: readonly string[]) =>
    names
      .map(spki)
      .toSorted()
      .map((pin) => ({ spki: pin, ...validity }))
  const role = (keys: readonly string[], cas: readonly string[], threshold = 1) => ({
    threshold,
    keys: pins(keys),
    cas: pins(cas),
    pqKeys: [],
    products: ['pump'],
  })
  const keys = ['rsa-3072', 'rsa-4096', 'p-256', 'p-384', 'p-521']
  const policy = (threshold: number) => ({
    kind: 'airlock.trust-policy',
    schema: 1,
    version: 1,
    issuedAt: timeIn(-year),
    expires: timeIn(year),
    graceDays: 30,
    // Nobody asks for root and recall here.
    roles: {
      root: role(['qa'], []),
      recall: role(['qa'], []),
      release: role(keys, ['ca'], threshold),
      qa: role(['qa'], []),
    },
    require: { production: ['release', 'qa'], lab: ['release'] },
    exclusive: [['release', 'qa']],
    revokedKeys: [],
    counters: {},
    recipients: [],
    sanitization: '0'.repeat(64),
    pq: 'off',
    limits: { maxBundleBytes: 1_073_741_824, expiredBundle: 'override', minPolicy: 1 },
    weakens: [],
  })
  for (const [name, threshold] of [
    ['policy', 1],
    ['two', 2],
  ] as const) {
    writeFileSync(join(folder, `${name}.draft`), JSON.stringify(policy(threshold)))
    shell(`jq -jcS . ${name}.draft > ${name}.json`)
  }
}

/** A bundle by shell alone; every figure in the manifest comes from sha256sum and stat. */
const make = (bundle: GoodBundle, name: string): void => {
  const files = (inside: string, sizes: readonly number[]): string =>
    sizes.map((size, n) => `head -c ${size} /dev/urandom > ${inside}/f${100 + n}.bin`).join('\n')
  const keyOf = (key: string): string =>
    key.startsWith('token-')
      ? `'pkcs11:token=team;object=${key.slice(6)};type=private;pin-value=87654321'`
      : `../${key}.key`
  const sign = bundle.signatures.map(
    ({ file, key, words }) => `openssl cms -sign -binary -nosmimecap -signer ../${key}.pem -inkey ${keyOf(key)} \\
      ${words.replace('-certfile ', '-certfile ../')} -in manifest.json -outform DER -out manifest.json.${file}.p7s`,
  )
  shell(`
    mkdir -p ${name}/payload ${name}/evidence && cd ${name}
    ${files('payload', bundle.payloads)}
    ${files('evidence', bundle.evidence)}
    list() {
      paste -d' ' <(find $1 -type f | sort | xargs -r stat -c '%n %s') <(find $1 -type f | sort | xargs -r sha256sum) |
        jq -Rc 'split(" ") | {path: .[0], size: (.[1] | tonumber), sha256: .[2]}' | jq -sc .
    }
    jq -jcSn --argjson payloads "$(list payload)" --argjson evidence "$(list evidence)" '{
      kind: "airlock.firmware", schema: 1, bundleId: "3f2c9c1e-8a54-4a5b-9d43-0a8f4f1d2b6c",
      vendor: "acme", product: "pump", channel: "lab", version: "2.1.0", securityCounter: 4,
      releasedAt: "${timeIn(-60_000)}", expires: "${timeIn(year / 2)}", policyMin: 1, importerMin: "0.1.0",
      source: {repository: "pump", commit: "c0ffee", build: "17", builder: "ci"},
      compat: [{model: "pump-controller"}],
      payloads: [$payloads | to_entries[] | .value + {component: "c\\(.key)", format: "bin", driver: "stk500v1", options: {memory: "m\\(.key)"}}],
      evidence: [$evidence[] | . + {type: "test-report"}]
    } | ${bundle.change}' > manifest.json
    ${sign.join('\n')}
    out=../${name}.airfw
    names="manifest.json $(ls manifest.json.* | sort | tr '\\n' ' ') $(find payload -type f | sort | tr '\\n' ' ') $(find evidence -type f | sort | tr '\\n' ' ')"
    ${bundle.tar}`)
}

describe('good bundles made by other tools', () => {
  beforeAll(() => {
    shell(makeKeys)
    makeToken()
    writePolicies()
  })

  it('are at least forty, and all are accepted', () => {
    expect(goodBundles.length).toBeGreaterThanOrEqual(40)
    const requests = goodBundles.map((bundle, n) => {
      make(bundle, `good-${n}`)
      const state = { site: 'north' }
      return JSON.stringify({ id: bundle.what, file: `good-${n}.airfw`, policy: bundle.policy, state })
    })
    const { stdout } = spawnSync(process.execPath, [cli, 'bundle', 'verify', '--stdin'], {
      cwd: folder,
      encoding: 'utf8',
      input: `${requests.join('\n')}\n`,
    })
    const answers = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(answers).toMatchObject(goodBundles.map(({ what }) => ({ id: what, verdict: 'accepted' })))
  })
})
