import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { ProcessEnd } from '@wave-store/runtime/driver'
import { quoted } from './entry-script.ts'

/** Descriptors in the child; the last one is closed before it becomes anything. */
export const childFds = { spec: 3, events: 4, seccomp: 5, status: 6, script: 7 } as const

export interface EntrancePlace {
  /** Path of the network namespace to enter, or null for the machine's. */
  networkNamespace: string | null
  /** Files that the process writes its id into. */
  joinFiles: string[]
}

export interface Becoming {
  command: string[]
  /** Of control groups that it is not in yet. */
  joinFiles: string[]
  /** A descriptor of ours that both outputs are written to, by appending; null where they are read from the pipes. */
  output: number | null
  seccomp: string | null
}

/**
 * A shell that stands where a sandbox is going to be, in its network and control groups, and waits to be told what to
 * become: it keeps its id. Joining a group takes the kernel a moment in which a launch would wait. It ends with us.
 */
export class Entrance {
  readonly child: ChildProcess
  readonly ended: Promise<ProcessEnd>
  /** Resolves when it stands in the network and the groups; never for one that has ended on the way. */
  readonly arrived: Promise<void>

  /** @param env the whole environment; nothing is inherited */
  constructor({ networkNamespace, joinFiles }: EntrancePlace, env: Record<string, string>) {
    const { script } = childFds
    const lines = ['set -e', ...joinFiles.map(joining), `echo >&${script}`, `eval "$(cat <&${script})"`]
    const shell = ['/bin/sh', '-c', lines.join('\n')]
    const [program = '', ...args] = networkNamespace ? ['nsenter', `--net=${networkNamespace}`, ...shell] : shell
    this.child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'ignore', 'pipe', 'pipe'],
      env,
      cwd: '/',
      detached: true,
    })
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject)
      this.child.once('close', (code, signal) => resolve({ code, signal }))
    })
    this.ended.catch(() => {})
    for (const stream of this.streams) stream?.on('error', () => {})
    this.arrived = new Promise((resolve) => this.streams[script]?.once('data', () => resolve()))
  }

  get streams(): (Readable & Writable)[] {
    return this.child.stdio as unknown as (Readable & Writable)[]
  }

  get isOpen(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null
  }

  become({ command, joinFiles, output, seccomp }: Becoming): void {
    const redirections = [
      // By way of our own descriptor: the file may have got another name by then.
      ...(output === null ? [] : [`>>/proc/${process.pid}/fd/${output} 2>&1`]),
      ...(seccomp === null ? [] : [`${childFds.seccomp}<${quoted(seccomp)}`]),
      `${childFds.script}<&-`,
    ]
    const become = `exec ${command.map(quoted).join(' ')} ${redirections.join(' ')}`
    this.streams[childFds.script]!.end(`${[...joinFiles.map(joining), become].join('\n')}\n`)
  }

  /** Ends one that has become nothing. */
  async close(): Promise<void> {
    for (const stream of this.streams) stream?.destroy()
    await this.ended.catch(() => {})
  }
}

function joining(file: string): string {
  return `echo $$ > ${quoted(file)}`
}
