import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { installPythonTools, pythonTools } from '@wave-store/launcher/python-tools'
import { type Runtime, RuntimeError } from '@wave-store/runtime'
import type { IndexSettings } from '@wave-store/runtime/driver'
import { createProcessRuntime, stopSupervisor } from '@wave-store/runtime-process'
import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'
import { type Cache, layLauncher, toolsOf } from './cache.ts'
import { superviseArgument } from './supervise-argument.ts'

const environmentsMaxBytes = 5 * 1024 ** 3
/** Not those of a store on the same machine. */
const uidRange = { first: 240_000, count: 1000 }

interface LocalRuntimeOptions {
  /** Of an app with packages, or with a Wave server. */
  needsTools: boolean
  allowUnsandboxed: boolean
}

/**
 * The runtime that a store has, on this machine, for apps that end with this process.
 *
 * @throws {Failure} where there is none
 */
export async function openLocalRuntime(cli: Cli, cache: Cache, options: LocalRuntimeOptions): Promise<Runtime> {
  if (cli.platform !== 'linux')
    throw new Failure('Apps run only on Linux here: their sandbox is made of what its kernel has.', {
      next: 'Run the app in a store instead: h2o bundle test',
    })
  const tools = toolsOf(cache)
  if (options.needsTools) getTools(cli, tools)
  const dataDir = join(cache.path, 'exec')
  try {
    const runtime = await createProcessRuntime({
      dataDir,
      ...(await layLauncher(cache)),
      ...pythonTools(tools),
      index: indexOf(cli.env),
      uidRange,
      environmentsMaxBytes,
      readySites: 0,
      endWithDriver: true,
      supervisor: [realpathSync(process.argv[1]!), superviseArgument],
      allowUnsandboxed: options.allowUnsandboxed,
    })
    return cache.isTemporary ? endingAtOnce(runtime, dataDir) : runtime
  } catch (cause) {
    if (!(cause instanceof RuntimeError)) throw cause
    throw new Failure(cause.message, { cause })
  }
}

/** Lets go only when nothing writes to the directory any more. */
function endingAtOnce(runtime: Runtime, dataDir: string): Runtime {
  const letGo = runtime[Symbol.asyncDispose].bind(runtime)
  runtime[Symbol.asyncDispose] = async () => {
    await stopSupervisor(dataDir)
    await letGo()
  }
  return runtime
}

function getTools({ env, say }: Cli, directory: string): void {
  const onStart = () => say('Getting the Python installer (uv) and the Wave server …')
  if (installPythonTools(directory, { environment: env, onStart })) return
  say('The Python package index could not be reached: what the app needs of it cannot be had.')
}

/** The way to the package index that pip and uv are told of. */
function indexOf(env: Cli['env']): IndexSettings {
  const first = (...names: string[]) => names.map((name) => env[name]).find((value) => value)
  const url = first('UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL')
  const extraUrls = first('UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL')
  const proxy = first('PIP_PROXY', 'HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY')
  const noProxy = first('NO_PROXY', 'no_proxy')
  const caFile = first('SSL_CERT_FILE', 'PIP_CERT', 'REQUESTS_CA_BUNDLE')
  return {
    ...(url && { url }),
    ...(extraUrls && { extraUrls: extraUrls.split(/\s+/) }),
    ...(proxy && { proxy }),
    ...(noProxy && { noProxy }),
    ...(caFile && { caFile }),
    offline: /^(1|true|yes|on)$/i.test(env.UV_OFFLINE ?? ''),
  }
}
