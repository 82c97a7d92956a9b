import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Target } from './transfer.ts'

const report = fileURLToPath(new URL('wrk-report.lua', import.meta.url))
const run = promisify(execFile)

export interface Requested {
  requests: number
  elapsedMs: number
  p99Ms: number
}

/** GET requests on so many connections at once, each kept alive, one request at a time. */
export async function wrk({ port, headers }: Target, connections: number, seconds = 1): Promise<Requested> {
  const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', report, ...sent, `http://127.0.0.1:${port}/small`]
  const { stdout } = await run('wrk', args)
  const { errors, ...requested } = JSON.parse(stdout.trim().split('\n').at(-1)!) as Requested & { errors: number }
  if (errors > 0) throw new Error(`${errors} requests to port ${port} failed`)
  return requested
}
