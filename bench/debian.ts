import { execFileSync, spawnSync } from 'node:child_process'

/** Whether a program is there, or could be installed just now: as root on Debian, from its own packages. */
export function hasProgram(program: string, debianPackage: string): boolean {
  if (isThere(program)) return true
  const line = ['install', '-y', '--no-install-recommends', debianPackage]
  const isRoot = process.getuid?.() === 0
  if (!isRoot || !isThere('apt-get')) {
    console.log(`${program} is missing. On Debian or Ubuntu: sudo apt-get ${line.join(' ')}`)
    return false
  }
  // A service of its own is not wanted: what is measured is started by the benchmark.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  try {
    execFileSync('apt-get', line, { env, stdio: 'ignore' })
  } catch {
    console.log(`${debianPackage} could not be installed.`)
  }
  return isThere(program)
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0
}
