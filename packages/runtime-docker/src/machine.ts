import { Buffer } from 'node:buffer'
import { type ImageFacts, imageFactsProgram } from '@wave-store/runtime/driver'
import type { Engine } from './engine.ts'
import { FrameReader } from './frames.ts'
import { hostProgram } from './host-program.ts'
import type { Names } from './labels.ts'

export interface Bridges {
  apps: string
  builds: string
}

export interface FirewallFacts {
  bridges: Bridges
  publicPort: number | null
  /** What builds may reach although it is closed: package index and proxy. */
  buildHosts: { address: string; port: number }[]
}

/** What a short-lived container sees of the image that apps run in. */
export async function readImageFacts(engine: Engine, names: Names, image: string): Promise<ImageFacts> {
  const output = await runHelper(engine, names, { image, program: imageFactsProgram })
  return JSON.parse(output) as ImageFacts
}

/**
 * Closes what apps may not reach: each other, the engine's machine, and private networks. The rules stand in the chains that
 * Docker keeps for its users' own; they are written by a container in the machine's own network, so that this works whether this process is on
 * that machine, may change its firewall, or neither.
 */
export async function closeNetworks(engine: Engine, names: Names, image: string, facts: FirewallFacts): Promise<void> {
  await runHelper(engine, names, { image, program: hostProgram, facts, ofHost: true })
}

interface Helper {
  image: string
  /** Python. */
  program: string
  facts?: FirewallFacts
  ofHost?: boolean
}

/** What it takes to write rules with the programs of the engine's machine. */
const hostConfig = { NetworkMode: 'host', CapAdd: ['NET_ADMIN', 'NET_RAW'], Binds: ['/:/host'] }

async function runHelper({ quick }: Engine, names: Names, { image, program, facts, ofHost }: Helper): Promise<string> {
  const container = await quick.createContainer({
    Image: image,
    Entrypoint: ['python3', '-c', program],
    Env: [`FACTS=${JSON.stringify(facts ?? {})}`],
    User: '0:0',
    Labels: names.labels('helper'),
    HostConfig: ofHost ? hostConfig : { NetworkMode: 'none' },
  })
  try {
    await container.start()
    const { StatusCode: status } = (await container.wait()) as { StatusCode: number }
    const log = new FrameReader().take(await container.logs({ stdout: true, stderr: true }))
    const text = (stream: 'stdout' | 'stderr') =>
      Buffer.concat(log.filter((frame) => frame.stream === stream).map(({ data }) => data)).toString()
    if (status !== 0) throw new Error(text('stderr').trim().split('\n').at(-1) || `exit code ${status}`)
    return text('stdout')
  } finally {
    await container.remove({ force: true, v: true })
  }
}
