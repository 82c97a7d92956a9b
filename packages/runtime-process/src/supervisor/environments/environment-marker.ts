import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Package } from '@wave-store/runtime/driver'
import { runCommand } from '../run-command.ts'
import { writeFileAtomically } from '../write-file-atomically.ts'

/** What is written beside a finished environment, last of all. */
export interface Marker {
  key: string
  sizeBytes: number
  /** Absent in what an earlier version of the store has built; `builtAt` in epoch milliseconds. */
  python?: string
  builtAt?: number
  packages?: Package[]
}

/** Known of an environment as soon as it is built. */
export type BuildFacts = Pick<Marker, 'python' | 'packages'>

/** Marks a directory as the finished environment `key`; with `takeOver` it becomes ours, so that no instance changes it. */
export async function sealEnvironment(
  directory: string,
  key: string,
  { takeOver, ...facts }: BuildFacts & { takeOver: boolean },
): Promise<void> {
  if (takeOver) {
    await runCommand('chown', ['-R', '--no-dereference', '0:0', directory], '', sealTimeoutMs)
    await runCommand('chmod', ['-R', 'u+rwX,go+rX,go-w,a-s', directory], '', sealTimeoutMs)
  }
  const size = await runCommand('du', ['-s', '--block-size=1', directory], '', sealTimeoutMs)
  const marker: Marker = { key, sizeBytes: Number(size.split('\t')[0]), builtAt: Date.now(), ...facts }
  writeFileAtomically(path.join(directory, 'marker.json'), JSON.stringify(marker))
}

export function readMarker(directory: string): (Marker & { usedAt: number }) | undefined {
  const file = path.join(directory, 'marker.json')
  try {
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as Marker), usedAt: statSync(file).mtimeMs }
  } catch {
    return undefined
  }
}

const sealTimeoutMs = 5 * 60_000
