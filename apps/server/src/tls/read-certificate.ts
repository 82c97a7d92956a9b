import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { KeyPair } from '../config/config.ts'
import type { CertificateRefusals } from './certificate-refusals.ts'

export interface Certificate {
  cert: Buffer
  key: Buffer
  /** The end of its time, as the certificate says it. */
  goodUntil: string
}

/** The bytes of both files; undefined for one that cannot be read. */
export interface CertificateFiles {
  cert: Buffer | undefined
  key: Buffer | undefined
}

export async function readCertificateFiles({ certFile, keyFile }: KeyPair): Promise<CertificateFiles> {
  const read = (path: string) => readFile(path).catch(() => undefined)
  const [cert, key] = await Promise.all([read(certFile), read(keyFile)])
  return { cert, key }
}

/** Checks what was read; browsers would refuse whatever is refused here. */
export function checkCertificate(
  { cert, key }: CertificateFiles,
  { words, hosts }: { words: CertificateRefusals; hosts: { store?: string; apps?: string } },
): Certificate | { problems: string[] } {
  const problems: string[] = []
  const certificate = cert && attempt(() => new X509Certificate(cert))
  const privateKey = key && attempt(() => createPrivateKey(key))
  if (!certificate) problems.push(cert ? words.noCert : words.certUnreadable)
  if (!privateKey) problems.push(key ? words.noKey : words.keyUnreadable)
  if (!certificate || !privateKey) return { problems }
  if (!certificate.checkPrivateKey(privateKey)) problems.push(words.mismatch)
  if (hosts.store !== undefined && !certificate.checkHost(hosts.store)) problems.push(words.notForStore)
  if (hosts.apps !== undefined && !certificate.checkHost(`any.${hosts.apps}`)) problems.push(words.notForApps)
  return problems.length > 0 ? { problems } : { cert: cert!, key: key!, goodUntil: certificate.validTo }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
