import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { launcherPath } from '../index.ts'
import { python } from './sandbox.ts'

export interface LauncherEvent {
  event: 'phase' | 'built' | 'failed'
  phase?: string
  reason?: string
  message?: string
  code?: number | null
  packages?: string[]
}

export interface Ended {
  /** The launcher's exit code. */
  code: number | null
  events: LauncherEvent[]
  /** The last event. */
  last: LauncherEvent
  log: string
}

/** The real program, started as a runtime starts it. */
export class LauncherProcess {
  readonly child: ChildProcess
  readonly events: LauncherEvent[] = []
  readonly ended: Promise<Ended>
  log = ''
  readonly #waiting = new Set<() => void>()
  #isOver = false

  constructor(command: 'build' | 'run', spec: unknown, env: Record<string, string> = {}) {
    const args = ['-I', '-S', '-B', launcherPath, command, '--spec-fd', '3', '--events-fd', '4']
    this.child = spawn(python, args, {
      env: { PATH: process.env.PATH ?? '', ...certificates(), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    })
    const given = this.child.stdio[3] as Writable
    given.on('error', () => {})
    given.end(typeof spec === 'string' ? spec : JSON.stringify(spec))
    for (const output of [this.child.stdout, this.child.stderr]) {
      output?.setEncoding('utf8').on('data', (text: string) => this.#note(() => (this.log += text)))
    }
    const lines = createInterface({ input: this.child.stdio[4] as Readable })
    lines.on('line', (line) => this.#note(() => this.events.push(JSON.parse(line))))
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => {
        this.#note(() => (this.#isOver = true))
        resolve({ code, events: this.events, last: this.events.at(-1) ?? { event: 'failed' }, log: this.log })
      })
    })
  }

  /** Waits until the condition holds; fails with the log when the launcher ends before. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#isOver) throw new Error(`ended early: ${JSON.stringify(this.events)}\n${this.log}`)
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  running(): Promise<void> {
    return this.until(() => this.events.some(({ phase }) => phase === 'running'))
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name)
  }

  async stop(): Promise<Ended> {
    this.signal('SIGTERM')
    return this.ended
  }

  #note(change: () => unknown): void {
    change()
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const wake of waiting) wake()
  }
}

/** Where this machine keeps its certificate authorities, so that a package index behind a private one is reached. */
function certificates(): Record<string, string> {
  const file = process.env.SSL_CERT_FILE
  return file ? { SSL_CERT_FILE: file } : {}
}
