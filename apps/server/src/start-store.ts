import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { ensureFirstAdmin } from './accounts/first-admin.ts'
import { createApp } from './app.ts'
import { backChannelPaths } from './auth/provider.ts'
import type { Config } from './config/config.ts'
import { configWarnings } from './config/config-warnings.ts'
import { type AppContext, createContext, type Ports } from './context.ts'
import { claimDataDirectory } from './db/data-directory.ts'
import { createGateway } from './gateway/create-gateway.ts'
import { openStoreDoor } from './gateway/store-door.ts'
import { gatewayPorts } from './gateway-ports.ts'
import { serveMonitor } from './monitoring/monitor-server.ts'
import { storeDoor } from './open-runtime.ts'
import { importSamples } from './samples/import-samples.ts'
import { readySecrets } from './secrets/ready-secrets.ts'
import { Certificates } from './tls/certificates.ts'

export interface Store extends AsyncDisposable {
  context: AppContext
  /** How to sign in for the first time, where there are no development accounts and nobody has done it yet. */
  firstAdmin: { username: string; oneTimePassword: string } | null
}

/** Brings the whole store up: gateway in front, API and page behind it, reconciler beside them. */
export async function startStore(config: Config, ports: Ports = {}): Promise<Store> {
  await using unwind = new AsyncDisposableStack()
  const certificates = unwind.use(await Certificates.open(config))
  unwind.use(claimDataDirectory(config.dataDir))
  const context = unwind.use(await createContext(config, ports))
  const { logger } = context
  for (const warning of configWarnings(config)) logger.warn(warning)
  const store = createApp(context)
  const tls = certificates && { tls: certificates.options() }
  const gateway = unwind.use(
    createGateway({
      ports: gatewayPorts(context),
      store,
      publicUrl: config.publicUrl,
      appsHost: config.appsHost,
      ...tls,
      proxyHops: config.proxyHops,
      logger,
      activity: context.activity,
      roles: config.roles,
    }),
  )
  // Before the gateway waits for requests in flight: these would never end by themselves.
  unwind.defer(() => context.events.end())
  if (config.metricsPort !== null) {
    context.monitor.watch(gateway.server)
    unwind.use(await serveMonitor(context.monitor, { host: config.listen.host, port: config.metricsPort }))
  }
  gateway.server.listen(config.listen)
  await once(gateway.server, 'listening')
  context.localOrigin = originOf(gateway.server.address() as AddressInfo, config.tls ? 'https' : 'http')
  certificates?.keepFresh(gateway.server, logger)
  const door = storeDoor(config)
  if (door) {
    const { publicUrl, appsHost } = config
    const opened = openStoreDoor({
      socket: door.socket,
      paths: backChannelPaths,
      store,
      publicUrl,
      appsHost,
      ...tls,
      logger,
    })
    unwind.use(await opened.catch((cause: unknown) => noDoor(logger, cause)))
  }
  const firstAdmin = await context.servers.starts.run(async () => {
    if (config.samples) await importSamples(context)
    await readySecrets(context)
    return await ensureFirstAdmin(context)
  })
  context.catalog.open()
  context.servers.run({ isController: config.roles.has('controller') })
  context.reconciler.run()
  context.metrics.run()
  context.upstream?.rechecks.run()
  const whole = unwind.move()
  return { context, firstAdmin, [Symbol.asyncDispose]: () => whole.disposeAsync() }
}

/** Everything else works without it. */
function noDoor(logger: Logger, cause: unknown): null {
  logger.warn({ err: cause }, 'Apps with EnableOIDC cannot reach this store, whose public address is one of loopback')
  return null
}

function originOf({ address, family, port }: AddressInfo, scheme: 'http' | 'https'): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `${scheme}://${family === 'IPv6' && host === address ? `[${host}]` : host}:${port}`
}
