import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { ProcessRuntimeOptions } from '../../options.ts'
import type { Cells } from '../cells.ts'
import type { OwnNetworks } from '../network/own-networks.ts'
import type { Program } from '../program.ts'
import type { SandboxProcess } from '../sandbox/sandbox-process.ts'
import type { Uids } from '../uids.ts'
import { indexAddresses, indexEnvironment } from './index-environment.ts'
import type { BuildResult } from './shared-build.ts'

export interface BuildRequest {
  name: string
  bundlePath: string
  /** Made anew; holds `venv` afterwards. */
  directory: string
  onOutput: (chunk: Uint8Array) => void
  signal: AbortSignal
}

export interface BuildParts {
  cells: Cells
  networks: OwnNetworks | null
  uids: Uids
  program: () => Program
  options: () => ProcessRuntimeOptions
}

const defaultLimits = { memoryBytes: 2 * 1024 ** 3, pids: 512 }

/** Lets the launcher build an environment: as a user of its own, without secrets of any app, under limits of its own. */
export async function buildEnvironment(parts: BuildParts, request: BuildRequest): Promise<BuildResult> {
  const options = parts.options()
  const uid = parts.uids.borrow()
  const scratch = path.join(request.directory, 'scratch')
  const limits = options.buildLimits ?? defaultLimits
  try {
    const venv = layDirectory(request.directory, uid)
    await parts.networks?.openForBuilds(await indexAddresses(options.index))
    const cell = await parts.cells.open({ name: `build-${request.name}`, kind: 'build', uid, limits })
    try {
      const program = parts.program()
      const claims: unknown[] = []
      const launcher = parts.cells.launch(cell, {
        verb: 'build',
        program,
        bundlePath: request.bundlePath,
        scratch,
        resources: { path: venv, writable: true },
        writable: [],
        spec: {},
        env: indexEnvironment(options.index, existsSync(path.join(program.opt, 'ca.pem'))),
        output: request.onOutput,
        onEvent: (event) => claims.push(event),
      })
      const end = await endOf(launcher, request.signal)
      if (cell.cgroup && cell.cgroup.oomKills() > 0) return outOfMemory(limits.memoryBytes)
      return verdict(claims, end.code)
    } finally {
      await cell.close()
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
    parts.uids.giveBack(uid)
  }
}

function layDirectory(directory: string, uid: number | null): string {
  rmSync(directory, { recursive: true, force: true })
  const venv = path.join(directory, 'venv')
  mkdirSync(venv, { recursive: true, mode: 0o755 })
  if (uid !== null) chownSync(venv, uid, uid)
  return venv
}

async function endOf(launcher: SandboxProcess, signal: AbortSignal) {
  const kill = () => launcher.kill()
  if (signal.aborted) kill()
  signal.addEventListener('abort', kill, { once: true })
  try {
    return await launcher.ended
  } finally {
    signal.removeEventListener('abort', kill)
  }
}

function outOfMemory(memoryBytes: number): BuildResult {
  const message = `Installing the packages took more than the ${Math.round(memoryBytes / 2 ** 20)} MiB that a build may use.`
  return { built: false, failure: { reason: 'dependency_failed', message } }
}

/** The launcher's last word; an environment counts as built only when its exit code says the same. */
function verdict(claims: unknown[], code: number | null): BuildResult {
  const last = claims.at(-1) as { event?: unknown; reason?: unknown; message?: unknown } | undefined
  if (last?.event === 'built' && code === 0) return { built: true }
  if (last?.event === 'failed' && typeof last.reason === 'string' && typeof last.message === 'string') {
    return { built: false, failure: { reason: last.reason, message: last.message } }
  }
  const message = `The build of the Python environment broke off (exit code ${code}); its log says more.`
  return { built: false, failure: { reason: 'internal', message } }
}
