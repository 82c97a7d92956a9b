import { chownSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { type BuildResult, buildResult, indexAddresses, indexEnvironment } from '@wave-store/runtime/driver'
import type { ProcessRuntimeOptions } from '../../options.ts'
import type { Cells } from '../cells.ts'
import type { OwnNetworks } from '../network/own-networks.ts'
import type { Program } from '../program.ts'
import { removeTree } from '../remove-tree.ts'
import type { SandboxProcess } from '../sandbox/sandbox-process.ts'
import type { Uids } from '../uids.ts'

export interface BuildRequest {
  name: string
  bundlePath: string
  /** Text of a constraints file, instead of the driver's own. */
  constraints?: string
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
const defaultTimeoutMs = 20 * 60_000

/** Lets the launcher build an environment: as a user of its own, without secrets of any app, under limits of its own. */
export async function buildEnvironment(parts: BuildParts, request: BuildRequest): Promise<BuildResult> {
  const options = parts.options()
  const uid = parts.uids.borrow()
  const scratch = path.join(request.directory, 'scratch')
  const limits = options.buildLimits ?? defaultLimits
  try {
    const venv = await layDirectory(request.directory, uid)
    await parts.networks?.openForBuilds(await indexAddresses(options.index))
    const cell = await parts.cells.open({ name: `build-${request.name}`, kind: 'build', uid, limits })
    try {
      const program = parts.program()
      let claim: unknown
      const launcher = parts.cells.launch(cell, {
        verb: 'build',
        program,
        bundlePath: request.bundlePath,
        scratch,
        resources: { path: venv, writable: true },
        writable: [],
        spec: request.constraints === undefined ? {} : { constraints: request.constraints },
        env: indexEnvironment(options.index, existsSync(path.join(program.opt, 'ca.pem'))),
        output: request.onOutput,
        onEvent: (event) => {
          claim = event
        },
      })
      const timeoutMs = options.buildTimeoutMs ?? defaultTimeoutMs
      const overdue = AbortSignal.timeout(timeoutMs)
      const end = await endOf(launcher, AbortSignal.any([request.signal, overdue]))
      return buildResult({
        claim,
        code: end.code,
        outOfMemory: (cell.cgroup?.oomKills() ?? 0) > 0,
        memoryBytes: limits.memoryBytes,
        overdueMs: overdue.aborted ? timeoutMs : null,
      })
    } finally {
      await cell.close()
    }
  } finally {
    await removeTree(scratch)
    parts.uids.giveBack(uid)
  }
}

async function layDirectory(directory: string, uid: number | null): Promise<string> {
  await removeTree(directory)
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
