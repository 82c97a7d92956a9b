import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { storePaths } from '../store-paths.ts'
import { loopDevicesOf } from './loop-devices.ts'

/** Everything that one store has on this machine outside of its data directory, as lines that name each thing. */
export function tracesOf(dataDir: string, uids: { first: number; count: number }): string[] {
  const { hash, run, runtime } = storePaths(dataDir)
  const short = hash.slice(0, 7)
  const lines = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' }).split('\n')
  return [
    ...processesOf(uids, dataDir).map((it) => `process ${it}`),
    ...lines('ip', '-o', 'link').filter((line) => line.includes(`wv${short}`)),
    ...lines('ip', '-o', 'address', 'show', 'dev', 'lo').filter((line) => line.includes(`wv${short}`)),
    ...lines('ip', 'netns').filter((line) => line.includes(`wv${short}`)),
    ...lines('ip', 'route').filter((line) => line.includes(`wv${short}`)),
    ...lines('nft', 'list', 'tables').filter((line) => line.includes(short)),
    ...readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.includes(hash) || line.includes(runtime)),
    ...loopDevicesOf(runtime).map((file) => `loop device of ${file}`),
    ...groupsOf('/sys/fs/cgroup', hash),
    ...(existsSync(run) ? [run] : []),
  ]
}

/** Command lines of processes that run as one of the users or name the data directory. */
function processesOf(uids: { first: number; count: number }, dataDir: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      // It has ended and holds nothing; the machine's first process takes note in its own time.
      if (/^State:\s+Z/m.test(status)) return []
      const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const isOurs = (uid >= uids.first && uid < uids.first + uids.count) || command.includes(dataDir)
      return isOurs ? [`${pid} ${uid} ${command}`] : []
    } catch {
      return []
    }
  })
}

function groupsOf(directory: string, hash: string): string[] {
  const found: string[] = []
  const walk = (each: string, depth: number) => {
    for (const entry of readdirSync(each, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue
      const below = path.join(each, entry.name)
      if (below.includes(`wave-store-${hash}`)) found.push(below)
      else if (depth < 5) walk(below, depth + 1)
    }
  }
  walk(directory, 0)
  return found
}
