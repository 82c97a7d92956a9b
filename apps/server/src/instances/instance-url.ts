import type { Config } from '../config/config.ts'

type Addresses = Pick<Config, 'publicUrl' | 'appsHost'>

/** The origin that belongs to one instance alone. */
export function instanceOrigin({ publicUrl, appsHost }: Addresses, id: string): string {
  return `${publicUrl.protocol}//${id}.${appsHost}`
}

/** Where people open an instance. */
export function instanceUrl(addresses: Addresses, id: string): string {
  return `${instanceOrigin(addresses, id)}/`
}
