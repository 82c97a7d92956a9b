import type { Logger } from 'pino'
import type { ActivitySink } from '../activity/activity-counter.ts'
import type { Clock } from '../clock.ts'
import type { AppPools } from './app-pools.ts'
import type { Addresses } from './destination.ts'
import type { GatewayLimits } from './limits.ts'
import type { OpenConnections } from './open-connections.ts'
import type { GatewayPorts } from './ports.ts'
import type { RoomStreams } from './room-streams.ts'
import type { StalledClients } from './stalled-clients.ts'
import type { TicketRenewals } from './ticket-renewals.ts'

/** What every part of the gateway works with. */
export interface GatewayScope extends Addresses {
  ports: GatewayPorts
  /** Is told of what people do with apps; pages of our own are none of it. */
  activity: ActivitySink
  logger: Logger
  clock: Clock
  limits: GatewayLimits
  /** Whether each instance's host is a site of its own: what browsers forget there, they forget there alone. */
  hostsAreSites: boolean
  /** See `clientAddress`. */
  proxyHops: number
  pools: AppPools
  renewals: TicketRenewals
  connections: OpenConnections
  stalled: StalledClients
  rooms: RoomStreams
}
