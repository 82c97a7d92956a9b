import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { ProcessEnd } from '@wave-store/runtime/driver'
import { eachLine } from '../../each-line.ts'
import { childFds, type Entrance } from './entrance.ts'

export interface SandboxStart {
  entrance: Entrance
  command: string[]
  /** Of control groups that the entrance is not in yet. */
  joinFiles: string[]
  /** What the launcher reads, as JSON. */
  spec: unknown
  /** Where both outputs go: a descriptor, or a function that takes them. */
  output: number | ((chunk: Uint8Array) => void)
  seccomp: string | null
  /** Whether bubblewrap stands between us and the launcher. */
  wrapped: boolean
  onEvent: (event: unknown) => void
}

/** A launcher in its sandbox, seen from outside. */
export class SandboxProcess {
  readonly ended: Promise<ProcessEnd>
  readonly #child: ChildProcess
  readonly #wrapped: boolean
  #initPid: number | undefined

  constructor(start: SandboxStart) {
    this.#wrapped = start.wrapped
    const { entrance, command, joinFiles, seccomp } = start
    this.#child = entrance.child
    this.ended = entrance.ended
    this.#connect(start)
    const output = typeof start.output === 'number' ? start.output : null
    entrance.become({ command, joinFiles, seccomp, output })
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
    const { streams } = start.entrance
    streams[childFds.spec]?.end(JSON.stringify(start.spec))
    eachLine(streams[childFds.events]!, start.onEvent)
    eachLine(streams[childFds.status]!, (line) => this.#onStatus(line))
    // Those that are not read have to be drained all the same, or their end would not be seen.
    const take = typeof start.output === 'number' ? () => {} : start.output
    for (const stream of streams.slice(1, 3)) stream.on('data', take)
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
