import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { enterStoreTest, freePort, TestAuthority } from '@wave-store/testing'
import pino from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { startTestStore } from './testing/test-store.ts'

it('tells administrators, and the log, that the store and its apps share a domain', async () => {
  onTestFinished(await enterStoreTest())
  const directory = await mkdtemp(join(tmpdir(), 'certificates-'))
  const authority = await TestAuthority.create(directory)
  setDefaultCACertificates([...getCACertificates('default'), await readFile(authority.certFile, 'utf8')])
  const { certFile, keyFile } = await authority.issue('shared', ['store.apps.test', '*.own.apps.test'])
  const port = String(await freePort())
  const log: string[] = []
  await using store = await startTestStore({
    logger: pino({ level: 'warn' }, { write: (line: string) => log.push(line) }),
    environment: {
      WAVE_STORE_PORT: port,
      WAVE_STORE_PUBLIC_URL: `https://store.apps.test:${port}`,
      WAVE_STORE_APPS_HOST: `own.apps.test:${port}`,
      WAVE_STORE_TLS_CERT_FILE: certFile,
      WAVE_STORE_TLS_KEY_FILE: keyFile,
    },
  })
  await rm(directory, { recursive: true })
  const shared = 'The store and its apps share the domain apps.test'
  expect(log.join()).toContain(shared)
  const { username, oneTimePassword: password } = store.store.firstAdmin!
  const admin = await store.as({ username, password, newPassword: 'a password of Ada’s' })
  expect((await admin.client.getSession()).notices).toEqual([
    { severity: 'warning', text: expect.stringContaining(shared) },
  ])
  const body = { username: 'uri', name: 'Uri User', email: '' }
  const { oneTimePassword } = await admin.client.createAccount({ body })
  const uri = await store.as({ username: 'uri', password: oneTimePassword, newPassword: 'a password of Uri’s' })
  expect((await uri.client.getSession()).notices).toEqual([])
})
