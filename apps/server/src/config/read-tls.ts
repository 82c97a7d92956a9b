import type { Config, KeyPair } from './config.ts'
import { refusals } from './refusals.ts'
import type { Settings } from './settings.ts'

export function readTls(read: Settings): Config['tls'] {
  const own = readPair(read, 'WAVE_STORE_TLS_CERT_FILE', 'WAVE_STORE_TLS_KEY_FILE')
  const apps = readPair(read, 'WAVE_STORE_TLS_APPS_CERT_FILE', 'WAVE_STORE_TLS_APPS_KEY_FILE')
  if (own === 'half') read.problems.push(refusals.halfTls)
  if (apps === 'half') read.problems.push(refusals.halfAppsTls)
  else if (apps !== null && own === null) read.problems.push(refusals.onlyAppsTls)
  if (own === null || own === 'half') return null
  return { ...own, apps: apps === 'half' ? null : apps }
}

function readPair(read: Settings, certName: string, keyName: string): KeyPair | 'half' | null {
  const certFile = read.text(certName)
  const keyFile = read.text(keyName)
  if (certFile !== null && keyFile !== null) return { certFile, keyFile }
  return certFile === null && keyFile === null ? null : 'half'
}
