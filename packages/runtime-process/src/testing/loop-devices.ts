import { execFileSync } from 'node:child_process'

/** Files below a data directory that a loop device of this machine holds. */
export function loopDevicesOf(dataDir: string): string[] {
  const files = execFileSync('losetup', ['--noheadings', '--output', 'BACK-FILE'], { encoding: 'utf8' }).split('\n')
  return files.map((file) => file.trim()).filter((file) => file.startsWith(dataDir))
}
