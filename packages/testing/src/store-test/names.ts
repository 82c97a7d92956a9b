import { join } from 'node:path'

export const storeName = 'store.test'
export const appsName = 'apps.test'

/** Names the directory of the certificates, once a process has moved here; what it starts goes along. */
export const certificatesVariable = 'STORE_TEST_CERTIFICATES'

export function isOfStoreTest(name: string): boolean {
  return name === storeName || name.endsWith(`.${appsName}`)
}

/** Where a store is that listens on a port of this machine, and the settings that put it there. */
export function storeAddress(port: number): { origin: string; settings: Record<string, string> } {
  const certificates = process.env[certificatesVariable]
  if (!certificates) return { origin: `http://localhost:${port}`, settings: {} }
  const origin = `https://${storeName}:${port}`
  const settings = {
    WAVE_STORE_PUBLIC_URL: origin,
    WAVE_STORE_APPS_HOST: `${appsName}:${port}`,
    WAVE_STORE_TLS_CERT_FILE: join(certificates, 'store.pem'),
    WAVE_STORE_TLS_KEY_FILE: join(certificates, 'store.key'),
  }
  return { origin, settings }
}
