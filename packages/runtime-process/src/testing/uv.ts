import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const dataDir = path.resolve(root, process.env.WAVE_STORE_DATA_DIR || 'data')
const places = [path.join(dataDir, 'tools', 'uv', 'bin', 'uv'), '/usr/local/bin/uv', '/usr/bin/uv']

/** The installer that set-up put in place; undefined where the package index could not be reached then. */
export const uvPath: string | undefined = places.find(existsSync)
