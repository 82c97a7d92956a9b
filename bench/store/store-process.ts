// A real store in front of an app that runs already, and beside it the same gateway with a guard that permits all.
// Arguments: the app's port, the store's port, its data directory.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { readConfig } from '../../apps/server/src/config/read-config.ts'
import { createGateway } from '../../apps/server/src/gateway/create-gateway.ts'
import type { Admission, GatewayInstance, GatewayPorts } from '../../apps/server/src/gateway/ports.ts'
import { gatewayPorts } from '../../apps/server/src/gateway-ports.ts'
import { startStore } from '../../apps/server/src/start-store.ts'

const [appPort, storePort, dataDir = ''] = process.argv.slice(2)

const config = readConfig(
  {
    WAVE_STORE_PORT: storePort,
    WAVE_STORE_DATA_DIR: dataDir,
    WAVE_STORE_SAMPLES: 'false',
    WAVE_STORE_LOG_LEVEL: 'warn',
  },
  '/',
)
const runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port: Number(appPort) }) })
const { context } = await startStore(config, { runtime })
const permitting = createGateway({
  ports: permitAll(gatewayPorts(context)),
  store: (_request, response) => response.end(),
  publicUrl: config.publicUrl,
  appsHost: config.appsHost,
  logger: context.logger,
  activity: context.activity,
})
permitting.server.listen(0, '127.0.0.1')
await once(permitting.server, 'listening')
process.once('disconnect', () => process.exit())
process.send!({ permittingPort: (permitting.server.address() as AddressInfo).port })

/**
 * Lets everybody in without asking, as if they were who came first: an app is told the same as behind the real guard,
 * so that nothing but the guard makes a difference.
 */
function permitAll(ports: GatewayPorts): GatewayPorts {
  const instances = new Map<string, GatewayInstance | undefined>()
  let admission: Admission | undefined
  return {
    ...ports,
    find: async (label) => {
      if (!instances.has(label)) instances.set(label, await ports.find(label))
      return instances.get(label)
    },
    admit: async (...visitor) => {
      admission ??= await ports.admit(...visitor)
      return admission
    },
  }
}
