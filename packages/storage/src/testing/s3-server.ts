import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** An S3 server over a directory, as a Go module. */
const versitygw = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0'
const startWithinMs = 20_000

export interface S3Server extends AsyncDisposable {
  endpoint: string
  bucket: string
  /** As programs of AWS read them. */
  credentials: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string }
  pid: number
}

/** Whether Go is here, which builds the server at the first use. */
export const canHaveS3Server = goProgram() !== undefined

function goProgram(): string | undefined {
  return ['/usr/local/go/bin/go', '/usr/bin/go'].find((path) => existsSync(path))
}

/** A real S3 server with an empty bucket. */
export async function startS3Server(): Promise<S3Server> {
  const program = await build()
  const directory = await mkdtemp(join(tmpdir(), 's3-'))
  for (const name of ['data', 'data/bundles', 'about']) await mkdir(join(directory, name))
  const credentials = {
    AWS_ACCESS_KEY_ID: `test${randomBytes(4).toString('hex')}`,
    AWS_SECRET_ACCESS_KEY: randomBytes(20).toString('hex'),
  }
  const port = await freePort()
  const server = spawn(
    program,
    ['--port', `127.0.0.1:${port}`, 'posix', '--sidecar', join(directory, 'about'), join(directory, 'data')],
    {
      env: {
        ...process.env,
        ROOT_ACCESS_KEY: credentials.AWS_ACCESS_KEY_ID,
        ROOT_SECRET_KEY: credentials.AWS_SECRET_ACCESS_KEY,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text))
  const endpoint = `http://127.0.0.1:${port}`
  const end = Date.now() + startWithinMs
  while (!(await answers(endpoint))) {
    if (server.exitCode !== null || Date.now() > end) throw new Error(`The S3 server did not start:\n${said}`)
    await setTimeout(50)
  }
  return {
    endpoint,
    bucket: 'bundles',
    credentials,
    pid: server.pid!,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function build(): Promise<string> {
  const folder = join(homedir(), '.cache', 'wave-store-tests')
  const program = join(folder, 'versitygw')
  if (existsSync(program)) return program
  const go = goProgram()
  if (!go) throw new Error('An S3 server for tests needs Go.')
  await run(go, ['install', versitygw], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' },
  })
  return program
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
