// Launch request to first 200 through the gateway, environment cached, against the same app started by hand from the
// same environment. npm run bench:launch [-- <repeats>]
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createClient } from '@wave-store/client'
import { freePort, InstanceVisitor, type RealStore, signIn, startRealStore } from '@wave-store/testing'
import { median, ratio } from './median.ts'

const repeats = Number(process.argv[2] ?? 9)
const samples = fileURLToPath(new URL('../samples/', import.meta.url))
const stepMs = 5

await using store = await startRealStore()
const cookies = await signIn(store.origin, 'dana')
const client = createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } })

for (const [name, byHand] of [
  ['wave-tour', waveByHand],
  ['hello', pythonByHand],
] as const) {
  const { items } = await client.listApps({ query: { search: `wave.samples.${name}` } })
  const appId = items[0]!.id
  await launch(appId)
  const environment = await sharedEnvironment(store, name)
  const ours: number[] = []
  const theirs: number[] = []
  for (let i = 0; i < repeats; i++) {
    theirs.push(await byHand(join(samples, name), environment))
    ours.push(await launch(appId))
  }
  console.log(
    `${name}: launched ${Math.round(median(ours).middle)} ms, by hand ${Math.round(median(theirs).middle)} ms, ratio ${ratio(ours, theirs)}, ${repeats} runs`,
  )
}

/** Milliseconds from the request to the first 200; the instance is gone afterwards. */
async function launch(appId: string): Promise<number> {
  const begun = performance.now()
  const instance = await client.launchInstance({ body: { appId } })
  const visitor = new InstanceVisitor(instance.url, cookies)
  await visitor.open()
  for (let { status } = await visitor.get('/'); status !== 200; { status } = await visitor.get('/')) {
    if (status !== 503) throw new Error(`${instance.url} answers ${status}`)
    await pause(stepMs)
  }
  const elapsed = performance.now() - begun
  await client.terminateInstance({ params: { instanceId: instance.id } })
  while ((await client.listInstances({})).items.length > 0) await pause(stepMs)
  return elapsed
}

/** The environment that the store built for the sample. */
async function sharedEnvironment({ dataDir }: RealStore, name: string): Promise<string> {
  const root = join(dataDir, 'runtime', 'environments')
  for (const key of await readdir(root)) {
    const files = await readdir(join(root, key), { recursive: true })
    const isWave = files.some((file) => file.endsWith('h2o_wave'))
    if (isWave === (name === 'wave-tour')) return join(root, key, 'venv')
  }
  throw new Error(`No environment for ${name} in ${root}`)
}

async function waveByHand(source: string, environment: string): Promise<number> {
  const [listen, app] = [await freePort(), await freePort()]
  const addresses = {
    H2O_WAVE_LISTEN: `127.0.0.1:${listen}`,
    H2O_WAVE_ADDRESS: `http://127.0.0.1:${listen}`,
    H2O_WAVE_APP_ADDRESS: `http://127.0.0.1:${app}`,
  }
  return timed(source, addresses, [
    { command: [join(environment, 'waved')], cwd: environment, port: listen },
    { command: [join(environment, 'bin/python'), '-m', 'uvicorn', 'app:main', '--port', String(app)], port: app },
  ])
}

async function pythonByHand(source: string): Promise<number> {
  return timed(source, {}, [{ command: ['/usr/bin/python3', '-m', 'app'], port: 8000 }])
}

interface Part {
  command: string[]
  cwd?: string
  port: number
}

/** Milliseconds until each part, begun when the one before it answers, answers 200 or anything else. */
async function timed(source: string, settings: Record<string, string>, parts: Part[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'by-hand-'))
  await cp(source, folder, { recursive: true })
  const children: ChildProcess[] = []
  const begun = performance.now()
  for (const { command, cwd, port } of parts) {
    const [program = '', ...args] = command
    children.push(spawn(program, args, { cwd: cwd ?? folder, env: { ...process.env, ...settings }, stdio: 'ignore' }))
    while (!(await answers(port))) await pause(stepMs)
  }
  const elapsed = performance.now() - begun
  for (const child of children) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true })
  return elapsed
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.destroy()
      resolve(true)
    })
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
