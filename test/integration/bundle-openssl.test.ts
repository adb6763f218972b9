// SPDX-License-Identifier: Apache-2.0
/**
 * The promise of the format, both ways: a bundle made with nothing but tar, jq, sha256sum and openssl is accepted, and
 * a bundle made by the command line is checked with nothing but those four.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'airlock-openssl-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const cli = join(import.meta.dirname, '../../main/cli/main.ts')

/** Runs a shell script in the test's folder; its standard output. */
const shell = (script: string): string =>
  execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim()

const airlock = (...words: string[]): { status: number | null; out: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' })
  return { status, out: stdout === '' ? stderr : stdout }
}

/** A CA and two signers, made by openssl alone. The role's purpose is in the extended key usage. */
const makeKeys = `
  newkey() { openssl ecparam -name secp384r1 -genkey -noout -out $1.key; }
  newkey ca
  openssl req -x509 -new -key ca.key -sha384 -days 3650 -subj /CN=vendor-ca -out ca.pem \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign
  signer() {
    newkey $1
    openssl req -new -key $1.key -subj /CN=$1 -out $1.csr
    printf 'basicConstraints=critical,CA:FALSE\\nkeyUsage=critical,digitalSignature\\nextendedKeyUsage=1.3.6.1.4.1.32473.1.%s\\nsubjectKeyIdentifier=hash\\nauthorityKeyIdentifier=keyid\\n' $2 > $1.ext
    openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -sha384 -days 365 -extfile $1.ext -out $1.pem
  }
  signer release 2
  signer qa 3
`

const spki = (name: string): string =>
  shell(`openssl x509 -in ${name}.pem -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1`)

const year = 366 * 86_400_000
const timeIn = (ms: number): string => `${new Date(Date.now() + ms).toISOString().slice(0, 19)}Z`

const writePolicy = (): void => {
  const pin = (name: string) => ({ spki: spki(name), validFrom: timeIn(-year), validUntil: timeIn(year) })
  const role = (keys: string[], cas: string[]) => ({
    threshold: 1,
    keys: keys.map(pin),
    cas: cas.map(pin),
    pqKeys: [],
    products: ['pump'],
  })
  const policy = {
    kind: 'airlock.trust-policy',
    schema: 1,
    version: 1,
    issuedAt: timeIn(-year),
    expires: timeIn(year),
    graceDays: 30,
    // Recall and root are not asked here; any pin will do.
    roles: { root: role(['ca'], []), recall: role(['ca'], []), release: role([], ['ca']), qa: role([], ['ca']) },
    require: { production: ['release', 'qa'] },
    exclusive: [['release', 'qa']],
    revokedKeys: [],
    counters: { pump: 2 },
    recipients: [],
    sanitization: '0'.repeat(64),
    pq: 'off',
    limits: { maxBundleBytes: 1_073_741_824, expiredBundle: 'override', minPolicy: 1 },
    weakens: [],
  }
  writeFileSync(join(folder, 'policy.draft.json'), JSON.stringify(policy))
  shell('jq -jcS . policy.draft.json > policy.json')
}

/** A bundle by shell alone: every figure in the manifest comes from sha256sum and stat. */
const makeBundle = (name: string, payload: string): void => {
  shell(`
    rm -rf ${name} && mkdir -p ${name}/payload ${name}/evidence && cd ${name}
    ${payload} > payload/app.bin
    printf '{"bomFormat":"CycloneDX"}' > evidence/sbom.json
    digest() { sha256sum $1 | cut -d' ' -f1; }
    size() { stat -c %s $1; }
    jq -jcSn --arg app $(digest payload/app.bin) --argjson appSize $(size payload/app.bin) \\
      --arg sbom $(digest evidence/sbom.json) --argjson sbomSize $(size evidence/sbom.json) '{
      kind: "airlock.firmware", schema: 1, bundleId: "3f2c9c1e-8a54-4a5b-9d43-0a8f4f1d2b6c",
      vendor: "acme", product: "pump", channel: "production", version: "2.1.0", securityCounter: 4,
      releasedAt: "${timeIn(-60_000)}", expires: "${timeIn(year / 2)}", policyMin: 1, importerMin: "0.1.0",
      source: {repository: "pump", commit: "c0ffee", build: "17", builder: "ci"},
      compat: [{model: "pump-controller"}],
      payloads: [{path: "payload/app.bin", size: $appSize, sha256: $app, component: "app", format: "bin", driver: "stk500v1", options: {address: 0}}],
      evidence: [{path: "evidence/sbom.json", size: $sbomSize, sha256: $sbom, type: "cyclonedx-sbom"}]
    }' > manifest.json
    for role in qa release; do
      openssl cms -sign -binary -nosmimecap -md sha384 -signer ../$role.pem -inkey ../$role.key -certfile ../ca.pem \\
        -in manifest.json -outform DER -out manifest.json.$role.p7s
    done
    tar --format=ustar -cf ../${name}.airfw manifest.json manifest.json.qa.p7s manifest.json.release.p7s \\
      payload/app.bin evidence/sbom.json
  `)
}

const verdictOf = (file: string): { status: number | null; verdict: unknown; code: unknown } => {
  const { status, out } = airlock('bundle', 'verify', file, '--policy', 'policy.json', '--json')
  const { verdict, code } = JSON.parse(out) as { verdict: string; code?: string }
  return { status, verdict, code }
}

beforeAll(() => {
  shell(makeKeys)
  writePolicy()
})

describe('a bundle made with tar, jq, sha256sum and openssl', () => {
  it.each([
    ['a few bytes', 'printf abc'],
    ['exactly one block', 'head -c 512 /dev/urandom'],
    ['over a whole record', 'head -c 12345 /dev/urandom'],
    ['three megabytes', 'head -c 3000000 /dev/urandom'],
  ])('is accepted with a payload of %s', (_what, payload) => {
    makeBundle('good', payload)
    expect(verdictOf('good.airfw')).toEqual({ status: 0, verdict: 'accepted', code: undefined })
  })

  it('is accepted as clause 9 of the format makes it, with the keys of trust init, and checks as it says', () => {
    makeBundle('by-hand', 'printf abc')
    expect(airlock('trust', 'init', 'own', '--product', 'pump').status).toBe(0)
    const [, clause = ''] = readFileSync('docs/formats/envelope.md', 'utf8').split('## 9. By hand')
    const [, script = ''] = /```sh\n([^]*?)```/.exec(clause) ?? []
    shell(`cp -r own/*.pem by-hand && cd by-hand && cp manifest.json description.json && rm *.p7s\n${script}`)
    const { status, out } = airlock('bundle', 'verify', 'by-hand/pump.airfw', '--policy', 'own/policy-1.airtrust')
    expect(out).toContain('accepted')
    expect(status).toBe(0)
  })

  it('is refused when its payload changes in place', () => {
    makeBundle('bad', 'head -c 5000 /dev/urandom')
    shell('cd bad && printf X | dd of=payload/app.bin bs=1 seek=2500 conv=notrunc status=none')
    shell(
      'cd bad && tar --format=ustar -cf ../bad.airfw manifest.json manifest.json.*.p7s payload/app.bin evidence/sbom.json',
    )
    expect(verdictOf('bad.airfw')).toEqual({ status: 1, verdict: 'refused', code: 'payload.digest' })
  })

  it("is refused in tar's own format, which is not ustar", () => {
    makeBundle('gnu', 'printf abc')
    shell(
      'cd gnu && tar --format=gnu -cf ../gnu.airfw manifest.json manifest.json.*.p7s payload/app.bin evidence/sbom.json',
    )
    expect(verdictOf('gnu.airfw')).toEqual({ status: 1, verdict: 'refused', code: 'container.not-ustar' })
  })
})

describe('a bundle made by the command line', () => {
  const sign = (role: string): void => {
    expect(airlock('bundle', 'digest', 'made.airfw', '--out', 'to-sign.json').status).toBe(0)
    shell(`openssl cms -sign -binary -nosmimecap -md sha384 -signer ${role}.pem -inkey ${role}.key -certfile ca.pem \
      -in to-sign.json -outform DER -out ${role}.p7s`)
    expect(airlock('bundle', 'attach', 'made.airfw', '--role', role, '--p7s', `${role}.p7s`).status).toBe(0)
  }
  const describeBundle = (): void => {
    makeBundle('source', 'head -c 70000 /dev/urandom')
    shell(`cd source && jq '(.payloads[], .evidence[]) |= del(.size, .sha256)' manifest.json > description.json`)
  }

  beforeAll(() => {
    describeBundle()
    expect(airlock('bundle', 'pack', 'source/description.json', '--out', 'made.airfw').status).toBe(0)
    sign('release')
    sign('qa')
  })

  it('is accepted', () => {
    expect(verdictOf('made.airfw')).toEqual({ status: 0, verdict: 'accepted', code: undefined })
  })

  it('is checked by tar, jq, sha256sum and openssl', () => {
    const out = shell(`
      rm -rf out && mkdir out && tar -xf made.airfw -C out && cd out
      jq -jcS . manifest.json | cmp - manifest.json
      for role in release qa; do
        openssl cms -verify -binary -inform DER -in manifest.json.$role.p7s -content manifest.json \\
          -CAfile ../ca.pem -purpose any -out /dev/null 2>&1
      done
      jq -r '(.payloads + .evidence)[] | .sha256 + "  " + .path' manifest.json | sha256sum -c
    `)
    expect(out.split('\n').filter((line) => line.endsWith(': OK'))).toHaveLength(2)
    expect(out.match(/CMS Verification successful/g)).toHaveLength(2)
  })

  it('has the same bytes whenever it is packed', () => {
    const first = airlock('bundle', 'pack', 'source/description.json', '--out', 'a.airfw')
    const second = airlock('bundle', 'pack', 'source/description.json', '--out', 'b.airfw')
    expect([first.status, second.status]).toEqual([0, 0])
    expect(shell('cmp a.airfw b.airfw && echo same')).toBe('same')
  })

  it('lists its entries in tar', () => {
    expect(shell('tar -tf made.airfw').split('\n')).toEqual([
      'manifest.json',
      'manifest.json.qa.p7s',
      'manifest.json.release.p7s',
      'payload/app.bin',
      'evidence/sbom.json',
    ])
  })

  it("takes no signature that is another manifest's", () => {
    shell(`printf '{}' > other.json && openssl cms -sign -binary -nosmimecap -md sha384 -signer qa.pem -inkey qa.key \
      -in other.json -outform DER -out other.p7s`)
    const { status, out } = airlock('bundle', 'attach', 'made.airfw', '--role', 'qa', '--p7s', 'other.p7s', '--json')
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'sig.digest' } })
  })
})

describe('many questions at once', () => {
  it('are answered one line each, in their order', () => {
    const requests = [
      { id: 1, kind: 'firmware', file: 'made.airfw', policy: 'policy.json' },
      { id: 'two', file: 'made.airfw', policy: 'policy.json', state: { counters: { pump: 9 } } },
      { id: 3, file: 'made.airfw' },
      { id: 4, file: 'nowhere.airfw', policy: 'policy.json' },
    ]
    const input = [...requests.map((request) => JSON.stringify(request)), '{', ''].join('\n')
    const { status, stdout } = spawnSync(process.execPath, [cli, 'bundle', 'verify', '--stdin'], {
      cwd: folder,
      encoding: 'utf8',
      input,
    })
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(status).toBe(0)
    expect(answers).toMatchObject([
      { id: 1, verdict: 'accepted' },
      { id: 'two', verdict: 'refused', code: 'rollback.counter' },
      { id: 3, error: { code: 'policy.absent' } },
      { id: 4, error: { code: 'file.unusable' } },
      { id: null, error: { code: 'usage' } },
    ])
  })
})

describe('a trust policy', () => {
  it('is judged as a first one, and as the one in force', () => {
    shell(`
      openssl ecparam -name secp384r1 -genkey -noout -out root.key
      openssl req -x509 -new -key root.key -sha384 -days 3650 -subj /CN=root -out root.pem \
        -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
        -addext extendedKeyUsage=1.3.6.1.4.1.32473.1.1`)
    const own = spki('root')
    shell(`
      mkdir -p trust && cd trust
      jq -jcS --arg own ${own} '.roles.root.keys[0].spki = $own' ../policy.json > manifest.json
      openssl cms -sign -binary -nosmimecap -md sha384 -signer ../root.pem -inkey ../root.key \
        -in manifest.json -outform DER -out manifest.json.root.p7s
      tar --format=ustar -cf ../first.airtrust manifest.json manifest.json.root.p7s`)
    const first = airlock('trust', 'verify', 'first.airtrust', '--json')
    expect([first.status, JSON.parse(first.out)]).toMatchObject([0, { verdict: 'accepted', version: 1 }])
    const again = airlock('trust', 'verify', 'first.airtrust', '--policy', 'first.airtrust', '--json')
    expect([again.status, JSON.parse(again.out)]).toMatchObject([0, { verdict: 'accepted', version: 1 }])
    const other = airlock('trust', 'verify', 'first.airtrust', '--policy', 'policy.json', '--json')
    expect([other.status, JSON.parse(other.out)]).toMatchObject([1, { code: 'policy.equivocation' }])
  })
})
