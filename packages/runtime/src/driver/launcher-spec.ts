import type { InstanceSpec } from '../runtime.ts'

export interface Ports {
  /** Where the app's HTTP server is reached. */
  public: number
  /** Mode `wave`: the app's own port, behind the Wave server, on loopback. */
  app: number
}

const appPorts: Ports = { public: 10101, app: 8000 }

/** In a network of the app's own, where `taken` leads to the store. */
export function ownPorts(entry: InstanceSpec['entry'], taken: number | undefined): Ports {
  const beside = (port: number) => (port === taken ? port + 1 : port)
  if (entry.mode === 'wave') return { public: beside(appPorts.public), app: beside(appPorts.app) }
  if (entry.port === taken)
    throw new Error(`Port ${taken} is the store's own address inside of the app: let it listen on another one`)
  return { public: entry.port, app: 0 }
}

/** What the launcher is told, see its README; `host` is where the gateway will look for the app. */
export function launcherSpec(spec: InstanceSpec, host: string, ports: Ports): Record<string, unknown> {
  const { entry } = spec
  const common = {
    mode: entry.mode,
    module: entry.module,
    env: spec.env,
    files: spec.files,
    basePath: spec.basePath,
    probeHosts: [host],
    startTimeoutMs: spec.startTimeoutMs,
  }
  if (entry.mode === 'python') return { ...common, port: entry.port, args: entry.args }
  return { ...common, listen: { host, port: ports.public }, appPort: ports.app }
}
