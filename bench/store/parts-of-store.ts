import { readdirSync, readFileSync } from 'node:fs'
import type { RealStore } from '@wave-store/testing'
import type { SupervisorFile } from '../../packages/runtime-process/src/protocol.ts'
import { storePaths } from '../../packages/runtime-process/src/store-paths.ts'

/** Process ids, by what they are for. */
export interface StoreParts {
  server: number[]
  supervisor: number[]
  /** What stands around apps, and what waits to. */
  'around apps': number[]
  apps: number[]
}

export function partsOf({ dataDir, pid }: RealStore): StoreParts {
  const { pid: supervisor } = JSON.parse(readFileSync(storePaths(dataDir).supervisorFile, 'utf8')) as SupervisorFile
  const below = descendants(supervisor)
  const isApp = (each: number) => / -m (app|uvicorn)\b|waved/.test(commandOf(each))
  return {
    server: [pid()],
    supervisor: [supervisor],
    'around apps': below.filter((each) => !isApp(each)),
    apps: below.filter(isApp),
  }
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = parentOf(Number(name))
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [...(children.get(root) ?? [])]
  for (let index = 0; index < found.length; index++) found.push(...(children.get(found[index]!) ?? []))
  return found
}

function parentOf(pid: number): number | undefined {
  const match = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))
  return match ? Number(match[1]) : undefined
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
}

/** Empty once the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
