import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { python } from './sandbox.ts'

const run = promisify(execFile)
const version = '0.13.9'
const root = fileURLToPath(new URL('../../../..', import.meta.url))

export const uvCache = path.join(os.tmpdir(), 'wave-store-uv-cache')

/** The installer: the one that the set-up put in place, or one kept in the temporary directory; null without an index. */
export const uv = await findUv()

/** Whether packages can be fetched from the public index, looked up once. */
export const indexReachable = uv !== null && (await canResolve(uv))

async function findUv(): Promise<string | null> {
  const kept = path.join(os.tmpdir(), `wave-store-uv-${version}`)
  const data = path.resolve(root, process.env.WAVE_STORE_DATA_DIR || 'data')
  const found = [path.join(data, 'tools/uv/bin/uv'), path.join(kept, 'bin/uv')].find(existsSync)
  if (found) return found
  const own = `${kept}.${process.pid}`
  try {
    await run(python, ['-m', 'venv', own])
    await run(path.join(own, 'bin/pip'), ['install', '--quiet', `uv==${version}`])
    await rename(own, kept).catch(() => rm(own, { recursive: true, force: true }))
    return path.join(kept, 'bin/uv')
  } catch {
    await rm(own, { recursive: true, force: true })
    return null
  }
}

async function canResolve(program: string): Promise<boolean> {
  const target = path.join(os.tmpdir(), `wave-store-nothing-${process.pid}`)
  const args = ['pip', 'install', '--no-config', '--dry-run', '--no-deps', '--python', python, '--target', target]
  try {
    const env = { ...process.env, UV_CACHE_DIR: uvCache, UV_HTTP_RETRIES: '0' }
    await run(program, [...args, 'h2o-wave==1.8.16'], { env })
    return true
  } catch {
    return false
  } finally {
    await rm(target, { recursive: true, force: true })
  }
}
