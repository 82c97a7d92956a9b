import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** One process of an app. */
export interface Part {
  command: string[]
  /** Default: a fresh copy of the app's code. */
  cwd?: string
  host?: string
  port: number
}

export interface StartedByHand {
  /** Milliseconds until each part, begun when the one before it answered, answered anything. */
  elapsedMs: number
  end: () => Promise<void>
}

/** Between two tries whether something answers, in milliseconds. */
export const stepMs = 5

/** Starts an app without a store: plain processes of this user, in a copy of the code at `source`. */
export async function startByHand(
  source: string,
  settings: Record<string, string>,
  parts: (folder: string) => Part[],
  prepare = async () => {},
): Promise<StartedByHand> {
  const folder = await mkdtemp(join(tmpdir(), 'by-hand-'))
  await cp(source, folder, { recursive: true })
  const children: ChildProcess[] = []
  const begun = performance.now()
  await prepare()
  for (const { command, cwd, host, port } of parts(folder)) {
    const [program = '', ...args] = command
    const child = spawn(program, args, { cwd: cwd ?? folder, env: { ...process.env, ...settings }, stdio: 'ignore' })
    children.push(child)
    while (!(await answers(host ?? '127.0.0.1', port))) {
      if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended with ${child.exitCode}`)
      await pause(stepMs)
    }
  }
  const elapsedMs = performance.now() - begun
  return {
    elapsedMs,
    end: async () => {
      await Promise.all(children.map(kill))
      await rm(folder, { recursive: true })
    },
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host, port, agent: false, timeout: 1000 }, (response) => {
      response.destroy()
      resolve(true)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}
