import { once } from 'node:events'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { Agent, createServer, request } from 'node:https'
import { type AddressInfo, connect as connectPlainly } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { eventually, freePort, TestAuthority } from '@wave-store/testing'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConfigError, TlsFiles } from '../config/config.ts'
import { readConfig } from '../config/read-config.ts'
import { startTestStore } from '../testing/test-store.ts'
import { certificateRefusals } from './certificate-refusals.ts'
import { Certificates } from './certificates.ts'

const words = certificateRefusals('WAVE_STORE_TLS_CERT_FILE', 'WAVE_STORE_TLS_KEY_FILE')
const hosts = ['store.test', '*.apps.test']

let directory: string
let authority: TestAuthority
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'certificates-'))
  authority = await TestAuthority.create(directory)
})
afterAll(() => rm(directory, { recursive: true }))

const configWith = ({ certFile, keyFile, apps }: TlsFiles) =>
  readConfig(
    {
      WAVE_STORE_PUBLIC_URL: 'https://store.test',
      WAVE_STORE_APPS_HOST: 'apps.test',
      WAVE_STORE_TLS_CERT_FILE: certFile,
      WAVE_STORE_TLS_KEY_FILE: keyFile,
      WAVE_STORE_TLS_APPS_CERT_FILE: apps?.certFile,
      WAVE_STORE_TLS_APPS_KEY_FILE: apps?.keyFile,
    },
    '/',
  )

const problemsOf = async (files: Partial<TlsFiles>): Promise<string[]> => {
  const good = await authority.issue('good', hosts)
  return Certificates.open(configWith({ ...good, apps: null, ...files })).then(
    () => [],
    (error: ConfigError) => error.problems,
  )
}

describe('files that are refused at the start', () => {
  it('are those that cannot be read', async () => {
    const missing = join(directory, 'missing')
    expect(await problemsOf({ certFile: missing, keyFile: missing })).toEqual([
      words.certUnreadable,
      words.keyUnreadable,
    ])
  })

  it('are those that hold something else', async () => {
    const other = join(directory, 'other')
    await writeFile(other, 'not a certificate')
    expect(await problemsOf({ certFile: other, keyFile: other })).toEqual([words.noCert, words.noKey])
  })

  it('are a certificate and the key of another', async () => {
    const { keyFile } = await authority.issue('another', hosts)
    expect(await problemsOf({ keyFile })).toEqual([words.mismatch])
  })

  it('are certificates for other names', async () => {
    expect(await problemsOf(await authority.issue('elsewhere', ['store.example.org']))).toEqual([
      words.notForStore,
      words.notForApps,
    ])
    expect(await problemsOf(await authority.issue('no-wildcard', ['store.test', 'apps.test']))).toEqual([
      words.notForApps,
    ])
  })

  it('are told of both certificates at once', async () => {
    const apps = await authority.issue('not-for-apps', ['store.test'])
    const ofApps = certificateRefusals('WAVE_STORE_TLS_APPS_CERT_FILE', 'WAVE_STORE_TLS_APPS_KEY_FILE')
    expect(await problemsOf({ certFile: join(directory, 'missing'), apps })).toEqual([
      words.certUnreadable,
      ofApps.notForApps,
    ])
  })
})

interface Renewing extends AsyncDisposable {
  server: Server
  log: string[]
  /** Subject of the certificate that a new connection is shown. */
  subject: (name: string) => Promise<string>
  open: (name: string) => Promise<TLSSocket>
}

/** A server whose files are looked at all the time. */
async function renewing(files: TlsFiles): Promise<Renewing> {
  const log: string[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => log.push(line) })
  const certificates = await Certificates.open(configWith(files))
  const server = createServer(certificates!.options(), (_request, response) => response.end('hello')) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  certificates!.keepFresh(server, logger, 10)
  const { port } = server.address() as AddressInfo
  const open = async (servername: string) => {
    const socket = connect({ port, host: '127.0.0.1', servername, ca: await readFile(authority.certFile) })
    await once(socket, 'secureConnect')
    return socket
  }
  const subject = async (name: string) => {
    using socket = disposable(await open(name))
    return String(socket.value.getPeerCertificate().subject.CN)
  }
  return {
    server,
    log,
    open,
    subject,
    async [Symbol.asyncDispose]() {
      certificates![Symbol.dispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

const disposable = (value: TLSSocket) => ({ value, [Symbol.dispose]: () => void value.destroy() })

async function put(from: { certFile: string; keyFile: string }, to: { certFile: string; keyFile: string }) {
  await replace(to.certFile, await readFile(from.certFile))
  await replace(to.keyFile, await readFile(from.keyFile))
}

/** As whatever renews certificates does: nobody reads half of a file. */
async function replace(path: string, bytes: Buffer) {
  await writeFile(`${path}.new`, bytes)
  await rename(`${path}.new`, path)
}

describe('files that are renewed', () => {
  it('are shown to new connections, and those that are open go on', async () => {
    const files = { ...(await authority.issue('in-use', hosts)), apps: null }
    await using running = await renewing(files)
    using before = disposable(await running.open('store.test'))
    await put(await authority.issue('renewed', hosts), files)
    await eventually(async () => expect(await running.subject('any.apps.test')).toBe('renewed'))
    expect(before.value.getPeerCertificate().subject.CN).toBe('in-use')
    before.value.end('GET / HTTP/1.1\r\nHost: store.test\r\nConnection: close\r\n\r\n')
    expect(await text(before.value)).toContain('hello')
    expect(running.log.join()).toContain('a renewed certificate is in use')
  })

  it('that cannot be used are told once in the log, while the certificate before stays', async () => {
    const files = { ...(await authority.issue('stays', hosts)), apps: null }
    const whole = await readFile(files.certFile)
    await using running = await renewing(files)
    await replace(files.certFile, whole.subarray(0, 200))
    await eventually(() => expect(running.log.join()).toContain(words.noCert))
    expect(await running.subject('store.test')).toBe('stays')
    await put(await authority.issue('stays-again', hosts), files)
    await eventually(async () => expect(await running.subject('store.test')).toBe('stays-again'))
    expect(running.log.filter((line) => line.includes(words.noCert))).toHaveLength(1)
  })

  it('may be two, one of them for instances alone', async () => {
    const files = {
      ...(await authority.issue('for-store', ['store.test'])),
      apps: await authority.issue('for-apps', ['*.apps.test']),
    }
    await using running = await renewing(files)
    expect(await running.subject('store.test')).toBe('for-store')
    expect(await running.subject('any.apps.test')).toBe('for-apps')
    await put(await authority.issue('for-apps-renewed', ['*.apps.test']), files.apps)
    await eventually(async () => expect(await running.subject('any.apps.test')).toBe('for-apps-renewed'))
    expect(await running.subject('store.test')).toBe('for-store')
  })
})

describe('a store that speaks TLS', () => {
  beforeAll(async () =>
    setDefaultCACertificates([...getCACertificates('default'), await readFile(authority.certFile, 'utf8')]),
  )

  async function secureStore() {
    const port = String(await freePort())
    const { certFile, keyFile } = await authority.issue('localhost', ['localhost', '*.apps.localhost'])
    return startTestStore({
      environment: {
        WAVE_STORE_PORT: port,
        WAVE_STORE_PUBLIC_URL: `https://localhost:${port}`,
        WAVE_STORE_APPS_HOST: `apps.localhost:${port}`,
        WAVE_STORE_TLS_CERT_FILE: certFile,
        WAVE_STORE_TLS_KEY_FILE: keyFile,
      },
    })
  }

  it('signs people in, its own requests to itself included', async () => {
    await using store = await secureStore()
    const dana = await store.as('dana')
    expect((await dana.client.getSession()).user).toMatchObject({ name: 'Dana Developer' })
  })

  it('tells browsers to come by TLS only, at its own host and at those of instances', async () => {
    await using store = await secureStore()
    const { port } = new URL(store.origin)
    const agent = new Agent({ keepAlive: false })
    for (const host of [`localhost:${port}`, `nobody.apps.localhost:${port}`, `elsewhere.localhost:${port}`]) {
      const asked = request({ agent, port, host: '127.0.0.1', servername: 'localhost', headers: { host } }).end()
      const [answer] = await once(asked, 'response')
      answer.resume()
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    }
  })

  it('ends connections that speak plain HTTP, and stops while one has said nothing', async () => {
    const store = await secureStore()
    const port = Number(new URL(store.origin).port)
    const plain = connectPlainly(port, '127.0.0.1', () => plain.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'))
    plain.on('error', () => undefined).resume()
    await once(plain, 'close')
    const silent = connectPlainly(port, '127.0.0.1')
    silent.on('error', () => undefined).resume()
    await once(silent, 'connect')
    await Promise.all([store[Symbol.asyncDispose](), once(silent, 'close')])
  })

  it('says no word of TLS where it speaks none', async () => {
    await using store = await startTestStore()
    const answer = await fetch(store.origin)
    expect(answer.headers.has('strict-transport-security')).toBe(false)
  })
})
