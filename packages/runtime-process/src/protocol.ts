import type {
  BuiltEnvironment,
  Capabilities,
  InstanceSpec,
  InstanceStats,
  ObservedInstance,
  StopOptions,
} from '@wave-store/runtime'
import type { ProcessRuntimeOptions } from './options.ts'

/** Changes whenever an older supervisor would misunderstand a newer driver. */
export const protocolVersion = 2

/** What the driver may ask of the supervisor: one JSON object a line each way, over a Unix socket. */
export interface Operations {
  hello: { params: null; result: Hello }
  /** Settings hold for what is started from then on. */
  configure: { params: Settings; result: Capabilities }
  start: { params: InstanceSpec; result: null }
  inspect: { params: null; result: ObservedInstance[] }
  stats: { params: null; result: InstanceStats[] }
  environments: { params: null; result: BuiltEnvironment[] }
  packages: { params: { key: string }; result: { name: string; version: string }[] }
  discard: { params: { key: string }; result: null }
  stop: { params: { id: string; options: StopOptions }; result: null }
  /** Ends every instance, removes what was made on the machine, and ends the supervisor. */
  shutdown: { params: { graceMs: number }; result: null }
}

export interface Hello {
  protocol: number
  pid: number
}

export interface Settings extends ProcessRuntimeOptions {
  /** The user of the process that connects to instances. */
  gatewayUid: number
}

export type Operation = keyof Operations

export interface Request<O extends Operation = Operation> {
  id: number
  operation: O
  params: Operations[O]['params']
}

export type Response =
  | { id: number; result: unknown }
  | { id: number; error: { code: 'unsupported' | 'unavailable' | 'internal'; message: string } }

/** Sent unasked when what `inspect` answers has changed; a hint, which drivers that do not know it pass over. */
export interface ChangeNotice {
  event: 'changed'
}

/** Content of the supervisor's file in the data directory. */
export interface SupervisorFile {
  pid: number
  socket: string
  /** Control groups that it has made, for the next one to clean should it be killed. */
  groups: string[]
}

/** Specs carry whole files. */
export const longestMessage = 256 << 20
