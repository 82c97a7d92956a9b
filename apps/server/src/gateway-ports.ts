import { buffer } from 'node:stream/consumers'
import type { Actor, Reader } from './actor.ts'
import { resolveLabel } from './aliases/resolve-label.ts'
import { AppError } from './app-error.ts'
import { manifestOf } from './apps/present-app.ts'
import { iconPosition } from './apps/repository.ts'
import { endSessionPath } from './auth/clients.ts'
import { BriefCache } from './brief-cache.ts'
import type { AppContext } from './context.ts'
import type { Admission, GatewayInstance, GatewayPorts, OwnSignIn, Waking } from './gateway/ports.ts'
import { basePathOf } from './instances/base-path.ts'
import { instanceOrigin } from './instances/instance-url.ts'
import { may } from './instances/policy.ts'
import { addressOf, failureOf, presentSuspension } from './instances/present-instance.ts'
import type { InstanceRow } from './instances/repository.ts'
import { wakeInstance } from './instances/wake-instance.ts'

type Needs = Pick<
  AppContext,
  'aliases' | 'apps' | 'blobs' | 'identity' | 'instanceChanges' | 'logger' | 'runtime' | 'tickets'
> &
  Parameters<typeof wakeInstance>[0]

/** The latest part of a log that holds the lines a page shows. */
const tailBytes = 64 * 1024

/** A right that was taken away is gone for requests after this, and for open connections after one more round. */
const cacheOptions = { ttlMs: 250, maxEntries: 10_000 }

/** The store as the gateway knows it. */
export function gatewayPorts(context: Needs): GatewayPorts {
  // Whoever waits for an app sees it as soon as it answers.
  const keeps = (instance: GatewayInstance | undefined) => !instance || instance.status === 'DEPLOYED'
  const found = new BriefCache<GatewayInstance | undefined>({ ...cacheOptions, keeps })
  // An app that is put to sleep, or starts afresh elsewhere, is not looked for where it was, whichever name leads to it.
  context.instanceChanges.subscribe('all', () => found.forget())
  const admissions = new BriefCache<Admission>(cacheOptions)
  return {
    find: (label) => found.get(label, () => find(context, label)),
    admit: (instanceId, ticket, address) => {
      // Who brings no ticket uses no session, wherever they come from.
      const key = ticket === undefined ? instanceId : `${instanceId} ${ticket} ${address ?? ''}`
      return admissions.get(key, () => admit(context, { instanceId, ticket, address }))
    },
    wake: (visit) => wake(context, visit),
    subscribe: (instanceId, onChange) => context.instanceChanges.subscribe(instanceId, onChange),
    icon: (instanceId) => iconOf(context, instanceId),
    redeem: (exchange) => redeem(context, exchange),
    tail: async (instanceId, lines) => {
      const latest = await buffer(context.runtime.logs(instanceId, { offset: -tailBytes }))
      return latest.toString().replace(/\n$/, '').split('\n').slice(-lines)
    },
  }
}

async function find(context: Needs, label: string): Promise<GatewayInstance | undefined> {
  const resolved = await resolveLabel(context, label)
  if (!resolved?.instance) return undefined
  const { main: mainLabel, moveMark } = resolved
  return { ...(await present(context, resolved.instance)), mainLabel, moveMark }
}

interface Visitor {
  instanceId: string
  ticket: string | undefined
  address: string | undefined
}

async function admit(context: Needs, { instanceId, ticket, address }: Visitor): Promise<Admission> {
  const { instances, tickets } = context
  const holder = ticket === undefined ? null : await tickets.holderOf(ticket, instanceId, address)
  const actor: Reader = holder?.actor ?? null
  const row = await instances.byId(instanceId)
  if (!row || row.wanted === 'gone' || !may.open(actor, row)) return { kind: actor ? 'refused' : 'sign_in' }
  // Open to all or not, the app asks; and nobody finds there whom its Wave server knew before in this browser.
  if (!actor && ownSignInOf(context.config, row)) return { kind: 'sign_in' }
  return {
    kind: 'open',
    user: actor && { id: actor.id, name: actor.name, email: actor.email },
    ...(actor && { identity: await identify(context, instanceId, actor) }),
    readLogs: may.readLogs(actor, row),
    ...(holder?.isAging && { isAging: true }),
  }
}

function identify({ config, identity }: Needs, instanceId: string, { id, name, email }: Actor): Promise<string> {
  return identity.sign({ audience: instanceOrigin(config, instanceId), id, name, email })
}

async function wake(
  context: Needs,
  { instanceId, ticket, address }: { instanceId: string; ticket: string | undefined; address: string },
): Promise<Waking> {
  const holder = ticket === undefined ? null : await context.tickets.holderOf(ticket, instanceId, address)
  try {
    await wakeInstance(context, holder?.actor ?? null, { id: instanceId, address })
    return { kind: 'awake' }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    const { code, message, retryAfterSeconds } = cause
    return { kind: 'refused', reason: message, code, retryAfterSeconds }
  }
}

async function redeem(
  { logger, tickets }: Needs,
  exchange: { code: string; instanceId: string; nonce: string | undefined },
): Promise<{ ticket: string } | undefined> {
  const redeemed = await tickets.redeem(exchange)
  if (redeemed.ticket !== undefined) return { ticket: redeemed.ticket }
  logger.info({ instanceId: exchange.instanceId, reason: redeemed.refused }, 'a one-time code was not taken')
  return undefined
}

async function present(
  { apps, config, instances, reconciler }: Needs,
  row: InstanceRow,
): Promise<Omit<GatewayInstance, 'mainLabel' | 'moveMark'>> {
  // Asked for with every request: what only the waiting page shows is not looked up once the app answers.
  const onItsWay = row.status !== 'DEPLOYED'
  return {
    id: row.id,
    status: row.status,
    phase: row.phase,
    failure: failureOf(row),
    restarts: row.restarts,
    nextStartAt: row.nextStartAt,
    queue: row.status === 'PENDING' ? reconciler.placeOf(row) : null,
    suspension: presentSuspension(row),
    address: addressOf(row),
    wantedSince: row.startedAt,
    usualStartMs: onItsWay ? await instances.usualStartMs(row.appId) : null,
    basePath: basePathOf(row),
    ownSignIn: ownSignInOf(config, row),
    app: { title: row.appTitle, hasIcon: onItsWay && (await apps.hasIcon(row.appId)), ownerName: row.appOwnerName },
  }
}

function ownSignInOf(config: Needs['config'], row: InstanceRow): OwnSignIn | null {
  const { enableOidc, mode } = manifestOf(row).runtime
  if (!enableOidc || mode !== 'wave') return null
  const basePath = basePathOf(row)
  const back = new URLSearchParams({ post_logout_redirect_uri: instanceOrigin(config, row.id) + basePath })
  return {
    cookie: 'oidcsession',
    callbackPath: `${basePath}_auth/callback`,
    signOutPath: `${basePath}_auth/logout`,
    endSessionUrl: `${config.publicUrl.origin}${endSessionPath}?${back}`,
  }
}

async function iconOf({ apps, blobs, instances }: Needs, instanceId: string) {
  const row = await instances.byId(instanceId)
  const icon = row && (await apps.images(row.appId)).find((image) => image.position === iconPosition)
  return icon && { mediaType: icon.mediaType, bytes: await buffer(await blobs.read(icon.sha256)) }
}
