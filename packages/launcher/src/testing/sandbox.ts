import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export const python = '/usr/bin/python3'

/** A temporary directory that stands for the paths of a sandbox. */
export interface Sandbox {
  root: string
  paths: Record<'bundle' | 'app' | 'venv' | 'uv' | 'constraints' | 'waved' | 'waveCwd' | 'home' | 'tmp', string>
  [Symbol.asyncDispose](): Promise<void>
}

export async function makeSandbox(): Promise<Sandbox> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'launcher-'))
  const at = (name: string) => path.join(root, name)
  const paths = {
    bundle: at('bundle.wave'),
    app: at('app'),
    venv: at('resources'),
    uv: at('uv'),
    constraints: at('constraints.txt'),
    waved: at('opt/wave/waved'),
    waveCwd: at('opt/wave'),
    home: at('home/app'),
    tmp: at('tmp'),
  }
  await mkdir(paths.waveCwd, { recursive: true })
  await mkdir(paths.tmp)
  return { root, paths, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}

export interface Entry {
  content?: string | Uint8Array
  /** Unix mode; `0o120777` makes a symbolic link to `content`. */
  mode?: number
}

const zipScript = `
import base64, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name, data, mode in json.load(sys.stdin):
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, base64.b64decode(data))
`

/** Writes a zip file whose names and modes are exactly the given ones, hostile ones included. */
export async function writeZip(file: string, entries: Record<string, string | Entry>): Promise<void> {
  const rows = Object.entries(entries).map(([name, entry]) => {
    const { content = '', mode = 0o100644 } = typeof entry === 'string' ? { content: entry } : entry
    return [name, Buffer.from(content).toString('base64'), mode]
  })
  const child = spawn(python, ['-I', '-c', zipScript, file], { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(JSON.stringify(rows))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`writing ${file} ended with ${code}`)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
