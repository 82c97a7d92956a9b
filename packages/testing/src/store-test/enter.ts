import { createHash, X509Certificate } from 'node:crypto'
import dns from 'node:dns'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { TestAuthority } from '../test-authority.ts'
import { appsName, certificatesVariable, isOfStoreTest, storeName } from './names.ts'

/**
 * Moves the stores that this process starts, and all that it asks of them, to names of their own: `https://store.test`
 * and `https://<id>.apps.test`, with certificates of an authority that only this process and its browsers trust.
 *
 * @returns takes the certificates away again, after the last of those stores has stopped
 */
export async function enterStoreTest(): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'store-test-'))
  const authority = await TestAuthority.create(directory)
  await authority.issue('store', [storeName, `*.${appsName}`])
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(authority.certFile, 'utf8')])
  resolveNames()
  process.env[certificatesVariable] = directory
  return () => rmSync(directory, { recursive: true })
}

/** No resolver knows these names; browsers are told of them when they are started. */
function resolveNames(): void {
  const lookup = dns.lookup
  const ours = ((name: string, ...rest: unknown[]) =>
    Reflect.apply(lookup, dns, [isOfStoreTest(name) ? '127.0.0.1' : name, ...rest])) as typeof dns.lookup
  dns.lookup = Object.assign(ours, lookup)
}

/** What Chromium needs to be told to know the names and to trust this one authority; nothing elsewhere. */
export function storeTestBrowserArguments(): string[] {
  const directory = process.env[certificatesVariable]
  if (!directory) return []
  const { publicKey } = new X509Certificate(readFileSync(join(directory, 'authority.pem')))
  const spki = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
  return [
    `--host-resolver-rules=MAP ${storeName} 127.0.0.1, MAP *.${appsName} 127.0.0.1`,
    `--ignore-certificate-errors-spki-list=${spki}`,
  ]
}
