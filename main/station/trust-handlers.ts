// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Contract } from '../../shared/contract/contract.ts'
import type { keyState, trustCalls } from '../../shared/contract/trust-calls.ts'
import { documentChanges } from '../../shared/formats/document-changes.ts'
import { timeMs, type Pin } from '../../shared/formats/scalars.ts'
import { channels, policyRoles, type TrustPolicy } from '../../shared/formats/trust-policy.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { bundlesByKey, namesOfKeys } from './bundles/keys.ts'
import { listBundles } from './bundles/rows.ts'
import { personOf, type Caller } from './caller.ts'
import { limits } from './config.ts'
import type { Parts } from './parts.ts'
import type { WithdrawnHere } from './trust/withdrawn-here.ts'
import { withdrawnBundles } from './withdrawn.ts'

type TrustHandlers = Pick<Handlers<Contract, Caller>, keyof typeof trustCalls>
const versioned = z.object({ version: z.int() })
type KeyState = z.infer<typeof keyState>

type Withdrawn = { readonly revoked: ReadonlySet<string>; readonly here: WithdrawnHere['keys'] }

const stateOf = ({ spki, validFrom, validUntil }: Pin, { revoked, here }: Withdrawn, now: number): KeyState => {
  if (revoked.has(spki)) return 'withdrawn'
  if (here.has(spki)) return 'withdrawn-here'
  if (now < timeMs(validFrom)) return 'not-yet'
  const left = timeMs(validUntil) - now
  if (left < 0) return 'ended'
  return left < limits.keyEndsSoon ? 'ends-soon' : 'trusted'
}

const policyOf = ({ store, clock, withdrawals }: Parts, policy: TrustPolicy, manifest: string) => {
  const used = bundlesByKey(store.read)
  const names = namesOfKeys(store.read)
  const withdrawn = {
    revoked: new Set(policy.revokedKeys.map(({ spki }) => spki)),
    here: withdrawals.inForce().keys,
  }
  const keyOf = (kind: 'signer' | 'ca') => (pin: Pin) => ({
    key: pin.spki,
    kind,
    name: names.get(pin.spki) ?? null,
    from: timeMs(pin.validFrom),
    until: timeMs(pin.validUntil),
    state: stateOf(pin, withdrawn, clock.now()),
    bundles: [...(used.get(pin.spki) ?? [])],
  })
  return {
    version: policy.version,
    manifest,
    issuedAt: timeMs(policy.issuedAt),
    expires: timeMs(policy.expires),
    graceDays: policy.graceDays,
    roles: policyRoles.flatMap((role) => {
      const pinned = policy.roles[role]
      if (pinned === undefined) return []
      const { threshold, products, keys, cas } = pinned
      return [{ role, threshold, products, keys: [...keys.map(keyOf('signer')), ...cas.map(keyOf('ca'))] }]
    }),
    require: channels.flatMap((channel) => {
      const roles = policy.require[channel]
      return roles === undefined ? [] : [{ channel, roles }]
    }),
    exclusive: policy.exclusive.map((roles) => ({ roles: [...roles] })),
    counters: Object.entries(policy.counters).map(([product, counter]) => ({ product, counter })),
    revoked: policy.revokedKeys.map(({ spki, reason }) => ({
      key: spki,
      reason,
      bundles: [...(used.get(spki) ?? [])],
    })),
  }
}

const recallOf = (parts: Parts) => {
  const list = parts.trust.recall()?.list
  if (list === undefined) return null
  const withdrawn = withdrawnBundles(parts)
  const library = listBundles(parts.store.read)
  return {
    version: list.version,
    issuedAt: timeMs(list.issuedAt),
    entries: list.entries.map(({ id, reason, severity, instead }) => ({
      id,
      reason,
      severity,
      instead,
      bundles: library
        .filter((bundle) => withdrawn.some((one) => one.bundle === bundle.id && one.entry === id))
        .map(({ id: bundle, product, version }) => ({ id: bundle, product, version })),
    })),
  }
}

/** Which policies came in force: when, by whom, as the log says it; the newest first. */
const historyOf = ({ search }: Parts) =>
  (['policy.step', 'policy.confirm'] as const).flatMap((action) =>
    search.page({ action, outcome: 'ok' }, limits.policiesListed).flatMap(({ seq, wall_ms: at, actor, after }) => {
      const version = versioned.safeParse(after)
      return version.success ? [{ version: version.data.version, at, by: actor.name, seq }] : []
    }),
  )

const waitingOf = ({ trust, waitingPolicies }: Parts) => {
  const [inForce, waiting] = [trust.policy()?.policy, waitingPolicies.waiting()]
  if (inForce === undefined || waiting === undefined) return null
  const { document, content, broughtBy, broughtById, broughtAt, signers } = waiting
  return {
    from: inForce.version,
    version: document.policy.version,
    manifest: document.digest,
    broughtBy,
    broughtById,
    broughtAt,
    signers: [...signers],
    changes: [...documentChanges(inForce, document.policy)],
    content,
  }
}

/** What this station trusts, to be seen; and the second signature for a new policy. */
export const trustHandlers = (parts: Parts): TrustHandlers => ({
  'trust.waiting': () => ({ waiting: waitingOf(parts) }),
  'trust.sign': async ({ content, reason, password }, caller) => {
    const { session, actor } = personOf(caller)
    const proof = await parts.identity.signatures.reauthenticate(session, password)
    parts.waitingPolicies.sign({ actor, proof }, content, reason)
    return {}
  },
  'trust.decline': async ({ content, reason, password }, caller) => {
    const { session, actor } = personOf(caller)
    const proof = await parts.identity.signatures.reauthenticate(session, password)
    parts.waitingPolicies.decline({ actor, proof }, content, reason)
    return {}
  },
  'trust.look': () => {
    const document = parts.trust.policy()
    const policy = document === undefined ? undefined : parts.waitingPolicies.lessTakenAway(document)
    return {
      policy: document === undefined || policy === undefined ? null : policyOf(parts, policy, document.digest),
      recall: recallOf(parts),
      history: historyOf(parts),
    }
  },
})
