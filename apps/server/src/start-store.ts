import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { ensureFirstAdmin } from './accounts/first-admin.ts'
import { createApp } from './app.ts'
import type { Config } from './config/config.ts'
import { configWarnings } from './config/config-warnings.ts'
import { type AppContext, createContext, type Ports } from './context.ts'
import { claimDataDirectory } from './db/data-directory.ts'
import { createGateway } from './gateway/create-gateway.ts'
import { gatewayPorts } from './gateway-ports.ts'
import { importSamples } from './samples/import-samples.ts'
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
  const gateway = unwind.use(
    createGateway({
      ports: gatewayPorts(context),
      store: createApp(context),
      publicUrl: config.publicUrl,
      appsHost: config.appsHost,
      ...(certificates && { tls: certificates.options() }),
      proxyHops: config.proxyHops,
      logger,
    }),
  )
  gateway.server.listen(config.listen)
  await once(gateway.server, 'listening')
  context.localOrigin = originOf(gateway.server.address() as AddressInfo, config.tls ? 'https' : 'http')
  certificates?.keepFresh(gateway.server, logger)
  if (config.samples) await importSamples(context)
  context.reconciler.run()
  const firstAdmin = await ensureFirstAdmin(context)
  const whole = unwind.move()
  return { context, firstAdmin, [Symbol.asyncDispose]: () => whole.disposeAsync() }
}

function originOf({ address, family, port }: AddressInfo, scheme: 'http' | 'https'): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  return `${scheme}://${family === 'IPv6' && host === address ? `[${host}]` : host}:${port}`
}
