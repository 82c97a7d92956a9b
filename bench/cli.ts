// The command line as whole processes, against others': its start-up, and a bundle of 20,000 files and 500 MB.
// npm run bench:cli [-- <repeats>]

import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@wave-store/client'
import { signIn } from '@wave-store/testing'
import { startTestStore } from '../apps/server/src/testing/test-store.ts'
import { generateFolder } from './command-line/generated-folder.ts'
import { hasProgram } from './debian.ts'
import { median, ratio } from './median.ts'

const execute = promisify(execFile)
const repeats = Number(process.argv[2] ?? 5)
const h2o = [process.execPath, join(import.meta.dirname, '../apps/cli/dist/h2o')]
const bare = [process.execPath, '-e', '0']

interface Run {
  seconds: number
  peakMiB: number
}

await startUp()
await bundles()

/** Against bare Node, and against a client that is a program of its own. */
async function startUp(): Promise<void> {
  await using store = await startTestStore()
  const client = createClient({
    baseUrl: store.origin,
    headers: { cookie: String(await signIn(store.origin, 'dana')) },
  })
  const { secret } = await client.createToken({ body: { name: 'bench', scopes: ['read'] } })
  const env = { H2O_TOKEN: secret, H2O_ENDPOINT: store.origin }
  const peers: Record<string, string[]> = { 'node -e 0': bare }
  if (hasProgram('kubectl', 'kubernetes-client')) peers['kubectl version --client'] = ['kubectl', 'version', '--client']
  const ours = { 'h2o version --client': ['version', '--client'], 'h2o app list': ['app', 'list'] }
  const commands = {
    ...peers,
    ...Object.fromEntries(Object.entries(ours).map(([name, args]) => [name, [...h2o, ...args]])),
  }
  const runs = await interleaved(commands, repeats * 4, env)
  for (const name of Object.keys(ours))
    for (const peer of Object.keys(peers))
      console.log(`${name} against ${peer}: ${ratio(seconds(runs[name]), seconds(runs[peer]))}, ${repeats * 4} runs`)
}

async function bundles(): Promise<void> {
  if (!hasProgram('zip', 'zip')) return
  await using large = await generateFolder(20_000, 25_000)
  await using small = await generateFolder(2000, 25_000)
  const pack = (folder: string) => [...h2o, 'bundle', folder, '--file', `${folder}.wave`]
  const commands = {
    ours: pack(large.path),
    zip: ['sh', '-c', `cd '${large.path}' && rm -f '${large.path}.zip' && zip -r -q '${large.path}.zip' .`],
    few: pack(small.path),
  }
  const runs = await interleaved(commands, repeats)
  console.log(`h2o bundle against zip -r: ${ratio(seconds(runs.ours), seconds(runs.zip))}, ${repeats} runs`)
  const peaks = [runs.ours, runs.few].map((some = []) => `${median(some.map((run) => run.peakMiB)).middle} MiB`)
  console.log(`peak memory of h2o bundle: ${peaks[0]} for 500 MB, ${peaks[1]} for 50 MB`)
  for (const path of [`${large.path}.wave`, `${large.path}.zip`, `${small.path}.wave`]) rmSync(path, { force: true })
}

function seconds(runs: Run[] = []): number[] {
  return runs.map((run) => run.seconds)
}

/** Each command in turn, again and again, once more for warmth before. */
async function interleaved(commands: Record<string, string[]>, count: number, env: Record<string, string> = {}) {
  const runs: Record<string, Run[]> = {}
  for (let round = -1; round < count; round++)
    for (const [name, command] of Object.entries(commands)) {
      const run = await measured(command, env)
      if (round >= 0) runs[name] = [...(runs[name] ?? []), run]
    }
  return runs
}

/** The store answers in this process meanwhile. */
async function measured([program = '', ...args]: string[], env: Record<string, string>): Promise<Run> {
  const begun = performance.now()
  const { stderr } = await execute('/usr/bin/time', ['-f', 'peak %M', program, ...args], {
    env: { ...process.env, ...env },
  })
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1] ?? Number.NaN)
  return { seconds: (performance.now() - begun) / 1000, peakMiB: Math.round(peak / 1024) }
}
