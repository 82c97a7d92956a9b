import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { eachLine } from '../../each-line.ts'

/** Descriptors in the child; bubblewrap keeps the last two for itself. */
export const childFds = { spec: 3, events: 4, seccomp: 5, status: 6 } as const

export interface SandboxStart {
  command: string[]
  /** The whole environment; nothing is inherited. */
  env: Record<string, string>
  /** What the launcher reads, as JSON. */
  spec: unknown
  /** Where both outputs go: a descriptor, or a function that takes them. */
  output: number | ((chunk: Uint8Array) => void)
  seccomp: string | null
  /** Whether bubblewrap stands between us and the launcher. */
  wrapped: boolean
  onEvent: (event: unknown) => void
}

export interface SandboxEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A launcher in its sandbox, seen from outside. */
export class SandboxProcess {
  readonly ended: Promise<SandboxEnd>
  readonly #child: ChildProcess
  readonly #wrapped: boolean
  #initPid: number | undefined

  constructor(start: SandboxStart) {
    this.#wrapped = start.wrapped
    const seccomp = start.seccomp === null ? null : openSync(start.seccomp, 'r')
    const output = typeof start.output === 'number' ? start.output : 'pipe'
    this.#child = spawn(start.command[0]!, start.command.slice(1), {
      stdio: ['ignore', output, output, 'pipe', 'pipe', seccomp ?? 'ignore', 'pipe'],
      env: start.env,
      cwd: '/',
      detached: true,
    })
    if (seccomp !== null) closeSync(seccomp)
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject)
      this.#child.once('close', (code, signal) => resolve({ code, signal }))
    })
    this.#connect(start)
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** SIGTERM to the launcher, which passes it on; bubblewrap would not. */
  terminate(): void {
    const pid = this.#wrapped ? this.#launcherPid() : this.#child.pid
    if (pid === undefined) this.kill()
    else signal(pid, 'SIGTERM')
  }

  /** SIGKILL to all: the end of the first process of a process namespace is the end of all in it. */
  kill(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return
    if (this.#initPid !== undefined) signal(this.#initPid, 'SIGKILL')
    else signal(-this.#child.pid, 'SIGKILL')
  }

  #connect(start: SandboxStart): void {
    const [, out, err, spec, events, , status] = this.#child.stdio as unknown as (Readable & Writable)[]
    spec?.on('error', () => {})
    spec?.end(JSON.stringify(start.spec))
    if (events) eachLine(events, start.onEvent)
    if (status) eachLine(status, (line) => this.#onStatus(line))
    if (typeof start.output !== 'number') for (const stream of [out, err]) stream?.on('data', start.output)
  }

  #onStatus(line: unknown): void {
    const pid = (line as { 'child-pid'?: unknown } | null)?.['child-pid']
    if (typeof pid === 'number') this.#initPid = pid
  }

  #launcherPid(): number | undefined {
    if (this.#initPid === undefined) return undefined
    try {
      const children = readFileSync(`/proc/${this.#initPid}/task/${this.#initPid}/children`, 'utf8')
      return Number(children.trim().split(' ')[0]) || undefined
    } catch {
      return undefined
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself in the meantime.
  }
}
