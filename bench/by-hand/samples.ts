import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '@wave-store/testing'
import { type StartedByHand, startByHand } from './started-by-hand.ts'

export const sampleNames = ['wave-tour', 'hello'] as const
export type SampleName = (typeof sampleNames)[number]

const folderOf = (name: SampleName) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url))
const sandboxed = fileURLToPath(new URL('sandboxed.sh', import.meta.url))
const run = promisify(execFile)

/** @param dataDir of a store that has launched the sample: its environment is taken */
export async function startSample(name: SampleName, dataDir: string): Promise<StartedByHand> {
  return name === 'hello' ? startHello() : startWaveTour(await waveEnvironment(dataDir))
}

/** The store's interpreter, nothing else. */
export async function startHello(): Promise<StartedByHand> {
  const port = await freePort()
  return startByHand(folderOf('hello'), {}, (folder) => [
    { command: ['/usr/bin/python3', '-m', 'app', '--port', String(port), '--volume', folder], port },
  ])
}

/** As a shell script would that parts apps from each other: see the script. Needs root. */
export async function startHelloSandboxed(): Promise<StartedByHand> {
  const number = freeNetwork()
  const [high, low] = [number >> 6, (number & 63) * 4]
  const [host, guest] = [`10.99.${high}.${low + 1}`, `10.99.${high}.${low + 2}`]
  const name = `byhand${number}`
  const started = await startByHand(
    folderOf('hello'),
    {},
    (folder) => [{ command: ['/bin/sh', sandboxed, 'run', name, folder], host: guest, port: 8000 }],
    async () => void (await run('/bin/sh', [sandboxed, 'network', name, host, guest])),
  )
  return {
    ...started,
    end: async () => {
      await started.end()
      await run('/bin/sh', [sandboxed, 'clean', name])
    },
  }
}

let nextNetwork = 0

/** Of 16,384 away from the ranges that stores take by themselves; a run that was killed may have left some. */
function freeNetwork(): number {
  while (existsSync(`/run/netns/byhand${nextNetwork}`)) nextNetwork++
  return nextNetwork++
}

async function startWaveTour(environment: string): Promise<StartedByHand> {
  const [listen, app] = [await freePort(), await freePort()]
  const addresses = {
    H2O_WAVE_LISTEN: `127.0.0.1:${listen}`,
    H2O_WAVE_ADDRESS: `http://127.0.0.1:${listen}`,
    H2O_WAVE_APP_ADDRESS: `http://127.0.0.1:${app}`,
  }
  return startByHand(folderOf('wave-tour'), addresses, () => [
    { command: [join(environment, 'waved')], cwd: environment, port: listen },
    { command: [join(environment, 'bin/python'), '-m', 'uvicorn', 'app:main', '--port', String(app)], port: app },
  ])
}

/** The environment that the store built for the sample. */
async function waveEnvironment(dataDir: string): Promise<string> {
  const root = join(dataDir, 'runtime', 'environments')
  for (const key of await readdir(root)) {
    const files = await readdir(join(root, key), { recursive: true })
    if (files.some((file) => file.endsWith('h2o_wave'))) return join(root, key, 'venv')
  }
  throw new Error(`No environment of a Wave app in ${root}`)
}
