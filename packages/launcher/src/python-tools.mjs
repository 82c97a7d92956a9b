// Runs on any Node from 20 on, before anything is installed: no import but Node's own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const uvVersion = '0.13.9'
const waveVersion = '1.8.16'
const wanted = `uv ${uvVersion}, h2o-wave ${waveVersion}`

/** Where the tools stand below their directory, each only where it is there. */
export function pythonTools(directory) {
  const present = (name, path) => (existsSync(path) ? { [name]: path } : {})
  return { ...present('uvPath', join(directory, 'uv/bin/uv')), ...present('wavedPath', join(directory, 'waved')) }
}

/**
 * Gets the installer that builds apps' environments, and a Wave server for `h2o-wave` packages that bring none. They are
 * there whole or not at all, also for who comes at the same moment.
 */
export function installPythonTools(directory, { environment, onStart }) {
  if (areInstalled(directory)) return true
  onStart()
  const draft = `${directory}.${process.pid}`
  try {
    if (!install(draft, environment)) return false
    rmSync(directory, { recursive: true, force: true })
    renameSync(draft, directory)
    return true
  } catch (error) {
    // Somebody else was first.
    if (areInstalled(directory)) return true
    throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function areInstalled(directory) {
  const stamp = stampOf(directory)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
}

function stampOf(directory) {
  return join(directory, '.set-up')
}

function install(directory, environment) {
  mkdirSync(dirname(directory), { recursive: true })
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory)
  const [uv, waved] = [join(directory, 'uv'), join(directory, 'waved')]
  const run = (command, args) =>
    spawnSync(command, args, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'
  const wave = ['--no-deps', '--python', join(waved, 'bin', 'python'), `h2o-wave==${waveVersion}`]
  const isDone =
    run(python, ['-m', 'venv', uv]) &&
    run(join(uv, 'bin', 'pip'), ['install', '--quiet', '--retries', '1', `uv==${uvVersion}`]) &&
    run(python, ['-m', 'venv', '--without-pip', waved]) &&
    run(join(uv, 'bin', 'uv'), ['pip', 'install', '--quiet', ...wave])
  if (isDone) writeFileSync(stampOf(directory), wanted)
  return isDone
}
