import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from '@wave-store/testing'
import pg from 'pg'

const run = promisify(execFile)
/** Where Debian puts its programs, by version. */
const packagesRoot = '/usr/lib/postgresql'
/** PostgreSQL does not run as root; the package brings this user. */
const otherUser = 'postgres'

/** What `urlOfTests` stands in, for tests to find. */
export const clusterVariable = 'TEST_POSTGRES'

export interface PostgresCluster extends AsyncDisposable {
  /** Of its socket. */
  directory: string
}

/** A cluster of its own, on a socket that nobody else knows, as quick as one may be that nobody needs tomorrow. */
export async function startPostgres(): Promise<PostgresCluster> {
  const programs = await programsOf()
  const directory = await mkdtemp(join(tmpdir(), 'pg-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, otherUser])).stdout)),
    )
    await chown(directory, uid!, gid!)
  }
  const asOther = (program: string, args: string[]): [string, string[]] =>
    isRoot
      ? [
          'setpriv',
          [`--reuid=${otherUser}`, `--regid=${otherUser}`, '--clear-groups', join(programs, program), ...args],
        ]
      : [join(programs, program), args]
  const data = join(directory, 'data')
  await run(...asOther('initdb', ['-D', data, '-U', userName, '-A', 'trust', '--locale=C.UTF-8', '-N']), { cwd: '/' })
  const settings = {
    listen_addresses: '',
    unix_socket_directories: directory,
    max_connections: '400',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '64MB',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(...asOther('postgres', ['-D', data, ...flags]), {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
  })
  let said = ''
  server.stderr?.on('data', (text) => (said += text))
  await eventually(async () => {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said}`)
    await query(urlOf(directory, 'postgres'), 'select 1')
  })
  return {
    directory,
    async [Symbol.asyncDispose]() {
      // Immediately: nothing of it is needed any more.
      server.kill('SIGQUIT')
      if (server.exitCode === null) await once(server, 'exit')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const userName = userInfo().username

export function urlOf(directory: string, database: string): string {
  return `postgres://${userName}@/${database}?host=${encodeURIComponent(directory)}`
}

/** The database of the store whose data is in a directory; made where it is not there. */
export async function testDatabase(directory: string, dataDir: string): Promise<string> {
  const name = `t_${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}`
  const admin = urlOf(directory, 'postgres')
  const found = await query(admin, 'select 1 from pg_database where datname = $1', [name])
  if (found.length === 0) await query(admin, `create database ${name} template template0`)
  return urlOf(directory, name)
}

async function query(url: string, text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

async function programsOf(): Promise<string> {
  const versions = await readdir(packagesRoot).catch(() => [])
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  if (!newest) throw new Error('These tests need PostgreSQL: apt-get install postgresql')
  return join(packagesRoot, newest, 'bin')
}
