import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { environmentInputs, type InspectedBundle } from '@wave-store/bundle/node'
import { adviceOn } from '@wave-store/contract'
import { cloudEnvironment, defaultLimits, instanceSpec, launchRefusal } from '@wave-store/instance-spec'
import { pythonTools } from '@wave-store/launcher/python-tools'
import { type InstanceSpec, type Runtime, RuntimeError } from '@wave-store/runtime'
import { Command, InvalidArgumentError } from 'commander'
import { type PackedBundle, pack, temporaryDirectory } from '../bundle/pack.ts'
import type { Cli } from '../cli.ts'
import { openCache, toolsOf } from '../exec/cache.ts'
import { launchLines } from '../exec/launch-lines.ts'
import { openLocalRuntime } from '../exec/local-runtime.ts'
import { localSecrets } from '../exec/local-secrets.ts'
import { observe } from '../exec/observe.ts'
import { Relay } from '../exec/relay.ts'
import { Failure } from '../failure.ts'
import { readValues, type ValueOptions, withValueOptions } from './secret/values.ts'

interface Options extends ValueOptions {
  port: number
  unsandboxed?: boolean
}

/** Between asking the app to end and ending it. */
const stopGraceMs = 8000

export function execCommand(cli: Cli, run = exec): Command {
  const command = new Command('exec')
    .argument('[folder]', 'what holds app.toml; the working directory where none is named')
    .option('-p, --port <number>', 'where on localhost the app answers; 0 takes a free one', portOf, 55_555)
    .option('--unsandboxed', 'run it without a sandbox where this machine has none')
  return withValueOptions(command, 'secret/key').action((folder: string | undefined, options: Options) =>
    run(cli, folder, options),
  )
}

/**
 * Runs a folder as a store would, until it ends or somebody presses Ctrl-C; nothing of it is left then.
 *
 * @throws {Failure} with the cause when the app cannot be started, or ends
 */
export async function exec(cli: Cli, folder: string | undefined, options: Options): Promise<void> {
  const given = await readValues(cli, options)
  await using relay = await Relay.listen(options.port)
  await using temporary = await temporaryDirectory()
  const bundle = await packInto(cli, temporary.path, resolve(cli.cwd(), folder ?? '.'))
  const { manifest } = bundle
  if (manifest.app.lifecycle === 'LINK') throw new Failure('A LINK app has nothing to run: it is an address.')
  const secrets = localSecrets(cli, manifest, given)
  const environment = await environmentOf(bundle)
  await using cache = await openCache(cli)
  const allowUnsandboxed = options.unsandboxed ?? false
  const needsTools = manifest.runtime.mode === 'wave' || environment.inputsSha256 !== ''
  await using runtime = await openLocalRuntime(cli, cache, { needsTools, allowUnsandboxed })
  await requireAble(cli, runtime, bundle, allowUnsandboxed)

  const id = randomUUID()
  const app = { id, name: manifest.app.name, version: manifest.app.version }
  const spec = instanceSpec(
    {
      id,
      generation: 1,
      app,
      bundle: { path: bundle.path, sha256: await sha256Of(bundle.path) },
      basePath: '/',
      manifest,
      environment,
      secrets,
      env: cloudEnvironment({ app, instance: { id, url: `http://localhost:${relay.port}` } }),
    },
    defaultLimits,
  )
  const hasWaveServer = pythonTools(toolsOf(cache)).wavedPath !== undefined
  const facts = { bundlePath: bundle.path, manifest, hasWaveServer, port: relay.port, now: new Date() }
  for (const line of launchLines(facts)) cli.stdout.write(`${line}\n`)
  await runToItsEnd(cli, runtime, spec, relay)
}

/** The file has the name that a bundle would have. */
async function packInto(cli: Cli, directory: string, folder: string): Promise<PackedBundle> {
  const packed = await pack(cli, { directory: folder, target: join(directory, 'bundle') })
  const { name, version } = packed.manifest.app
  const path = join(directory, `${name}.${version}.wave`)
  await rename(packed.path, path)
  return { ...packed, path }
}

async function environmentOf({ path, report }: { path: string; report: InspectedBundle }) {
  const { inputsSha256 } = await environmentInputs(path)
  return { inputsSha256, osPackages: report.osPackages }
}

/** Says what is weaker here than in a store. @throws {Failure} where the app cannot run at all */
async function requireAble(
  cli: Cli,
  runtime: Runtime,
  { manifest }: PackedBundle,
  allowUnsandboxed: boolean,
): Promise<void> {
  const capabilities = await runtime.capabilities()
  const refusal = launchRefusal(manifest, capabilities, allowUnsandboxed)
  if (refusal) {
    const hasNone = capabilities.isolation === 'none'
    throw new Failure(refusal, { ...(hasNone && { next: 'Or run it without one: h2o exec --unsandboxed' }) })
  }
  if (capabilities.advice) cli.say(capabilities.advice)
  if (manifest.runtime.enableOidc) cli.say('[Runtime] EnableOIDC: nobody signs in here; the app runs without it.')
}

async function runToItsEnd(cli: Cli, runtime: Runtime, spec: InstanceSpec, relay: Relay): Promise<void> {
  const { id } = spec
  const over = new AbortController()
  const stop = (data: 'keep' | 'delete') => runtime.stop(id, { data, graceMs: stopGraceMs })
  const end = () => {
    cli.say('Ending the app …')
    stop('keep').catch(() => over.abort())
  }
  try {
    await start(runtime, spec)
    cli.interrupted.addEventListener('abort', end)
    if (cli.interrupted.aborted) end()
    const printing = printLog(cli, runtime, id, over.signal)
    printing.catch(() => {})
    await follow(cli, runtime, { id, relay, signal: over.signal })
    await printing
  } catch (error) {
    if (!cli.interrupted.aborted) throw error
  } finally {
    cli.interrupted.removeEventListener('abort', end)
    over.abort()
    await stop('delete')
  }
}

async function start(runtime: Runtime, spec: InstanceSpec): Promise<void> {
  try {
    await runtime.start(spec)
  } catch (cause) {
    if (!(cause instanceof RuntimeError)) throw cause
    throw new Failure(cause.message, { cause })
  }
}

async function printLog({ stdout }: Cli, runtime: Runtime, id: string, signal: AbortSignal): Promise<void> {
  for await (const chunk of runtime.logs(id, { follow: true, signal }))
    if (!stdout.write(chunk)) await once(stdout, 'drain', { signal })
}

/** Until the app has ended. @throws {Failure} with the cause, unless it was asked to */
async function follow(
  cli: Cli,
  runtime: Runtime,
  { id, relay, signal }: { id: string; relay: Relay; signal: AbortSignal },
): Promise<void> {
  let isRunning = false
  for await (const { phase, address, exit } of observe(runtime, id, signal)) {
    if (phase === 'running' && address && !isRunning) {
      isRunning = true
      relay.leadTo(address)
      cli.say(`The app runs at http://localhost:${relay.port}/. Ctrl-C ends it.`)
    }
    if (exit && !cli.interrupted.aborted)
      throw new Failure(exit.message || adviceOn(exit.reason).cause, { next: adviceOn(exit.reason).remedy })
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new InvalidArgumentError('A number from 0 to 65535.')
}
